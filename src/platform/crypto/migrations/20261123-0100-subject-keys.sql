-- One key per data subject; destroying the key is what makes every copy of the subject's personal values unreadable.
create table subject_key (
  id uuid primary key,
  subject_id uuid not null unique,
  wrapped_key bytea,
  created_at timestamptz not null default now(),
  destroyed_at timestamptz,
  check ((wrapped_key is null) = (destroyed_at is not null))
);
