-- 移行計画: what there is to move in (現状棚卸し), whose it is, where it goes, how far it is, and the imports that brought it.
create sequence migration_source_no_seq;

create table migration_source (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  source_no text not null unique default 'Q-' || to_char(nextval('migration_source_no_seq'), 'FM999999000000'),
  name text not null check (length(name) between 1 and 100),
  owner text not null check (length(owner) between 1 and 100),
  medium text not null check (medium in ('excel', 'csv', 'system', 'paper', 'mail', 'notes', 'other')),
  place text check (length(place) between 1 and 300),
  row_count integer check (row_count >= 0),
  period_from date,
  period_to date,
  sensitive boolean not null,
  target text not null check (length(target) between 1 and 40),
  status text not null check (status in ('found', 'surveyed', 'rehearsed', 'moved', 'left_out')),
  note text check (length(note) between 1 and 1000),
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  check (period_to >= period_from),
  -- What is not moved says why.
  check (status <> 'left_out' or length(note) >= 5)
);
select guard_with_audit('migration_source');
revoke delete on migration_source from daicho_app;

create table migration_source_batch (
  source_id uuid not null references migration_source (id),
  batch_id uuid not null references import_batch (id),
  primary key (source_id, batch_id)
);
create index migration_source_batch_batch on migration_source_batch (batch_id);
select guard_with_audit('migration_source_batch');
