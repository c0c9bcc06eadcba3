-- 出力: each export of a list, what was asked for and by whom; its file is sealed, and gone after its last day.
create sequence list_export_no_seq;

create table list_export (
  id uuid primary key,
  row_version integer not null default 1,
  export_no text not null unique default 'X-' || to_char(nextval('list_export_no_seq'), 'FM999999000000'),
  list text not null check (length(list) between 1 and 100),
  list_label text not null check (length(list_label) between 1 and 100),
  format text not null check (format in ('csv', 'xlsx')),
  columns text[] not null check (cardinality(columns) between 1 and 100),
  -- The conditions of the list as they were asked; sealed, because a condition may be a name.
  filters_sealed text not null,
  state text not null default 'waiting' check (state in ('waiting', 'ready', 'failed', 'expired')),
  row_count integer,
  size_bytes integer,
  failure text,
  requested_by uuid not null,
  requested_at timestamptz not null,
  approved_by uuid,
  change_request_id uuid,
  ready_at timestamptz,
  expires_at timestamptz,
  check (requested_by is distinct from approved_by),
  check (state <> 'ready' or (row_count is not null and expires_at is not null))
);
create index list_export_waiting on list_export (requested_at) where state = 'waiting';
create index list_export_ready on list_export (expires_at) where state = 'ready';
create index list_export_of on list_export (requested_by, id desc);
select guard_with_audit('list_export');
revoke delete on list_export from daicho_app;

-- The file until its last day, under the key of its export, with the records it shows.
create table list_export_file (
  export_id uuid primary key references list_export (id),
  content_sealed bytea not null,
  seen_nos integer[] not null
);

-- Views of a list kept by name: of one person, or shared with the house.
create table list_view (
  id uuid primary key,
  row_version integer not null default 1,
  list text not null check (length(list) between 1 and 100),
  name text not null check (length(name) between 1 and 40),
  -- The address of the list with its conditions and order, and the chosen columns.
  address text not null check (length(address) between 1 and 2000 and address like '/%'),
  columns text[] not null default '{}',
  shared boolean not null,
  kept_by uuid not null,
  kept_at timestamptz not null
);
create unique index list_view_shared_once on list_view (list, name) where shared;
create unique index list_view_own_once on list_view (kept_by, list, name) where not shared;
select guard_with_audit('list_view');
