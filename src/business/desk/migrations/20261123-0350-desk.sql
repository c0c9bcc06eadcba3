-- What a person keeps on their own desk: table layouts, saved views, half-written forms. No business record, so no event;
-- half-written forms may hold anything, so they are encrypted under the key of the person who writes them.
create table desk_item (
  staff_id uuid not null,
  kind text not null check (kind in ('layout', 'views', 'draft')),
  key text not null check (length(key) between 1 and 200),
  content text not null check (length(content) <= 400000),
  kept_at timestamptz not null,
  primary key (staff_id, kind, key)
);
