-- 移行・取込: a file is staged, rehearsed, approved as one change, applied in chunks and can be reverted (data dictionary, group 13).
create sequence import_batch_no_seq;

create table import_batch (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  batch_no text not null unique default 'B-' || to_char(nextval('import_batch_no_seq'), 'FM999999000000'),
  file_name text not null,
  file_hash text not null,
  size_bytes integer not null,
  file_kind text not null check (file_kind in ('csv', 'xlsx')),
  encoding text,
  sheet text,
  -- Headings of the file, and for each column the field it goes into or null.
  header jsonb not null,
  mapping jsonb not null,
  options jsonb not null,
  row_count integer not null check (row_count > 0),
  state text not null check (state in ('opened', 'rehearsing', 'rehearsed', 'approved', 'applied', 'reverting', 'reverted', 'discarded', 'failed')),
  -- Outcome → how many rows.
  counts jsonb,
  failure text,
  opened_by uuid not null,
  opened_at timestamptz not null,
  -- Who asked and who approved what is being carried out now.
  requested_by uuid,
  approved_by uuid,
  change_request_id uuid,
  started_at timestamptz,
  ended_at timestamptz,
  constraint import_must_be_approved_by_another check (requested_by is distinct from approved_by or approved_by is null)
);
create index import_batch_work on import_batch (opened_at) where state in ('rehearsing', 'approved', 'reverting');

-- Rows as they stood in the file, 500 to a chunk, and what undoes the chunk; both encrypted under the batch's own key.
create table import_chunk (
  batch_id uuid not null references import_batch (id),
  chunk_no integer not null,
  row_count integer not null,
  rows_sealed text not null,
  undo_sealed text,
  applied_at timestamptz,
  reverted_at timestamptz,
  primary key (batch_id, chunk_no)
);

-- What the rehearsal found for each row, and what became of it.
create table import_row (
  batch_id uuid not null references import_batch (id),
  row_no integer not null,
  line integer not null,
  name text not null,
  outcome text not null check (outcome in ('new', 'update', 'merged', 'refused')),
  party_id uuid,
  merged_into_row integer,
  problems jsonb not null,
  state text not null check (state in ('planned', 'applied', 'kept', 'conflict', 'reverted')),
  primary key (batch_id, row_no)
);
create index import_row_outcome on import_row (batch_id, outcome, row_no);
create index import_row_problems on import_row (batch_id, row_no) where problems <> '[]'::jsonb;

create table import_template (
  id uuid primary key,
  row_version integer not null default 1,
  name text not null unique check (length(name) between 1 and 100),
  -- Heading → field.
  mapping jsonb not null,
  saved_by uuid not null,
  saved_at timestamptz not null
);

select guard_with_audit('import_batch'), guard_with_audit('import_template');
revoke delete on import_batch from daicho_app;
