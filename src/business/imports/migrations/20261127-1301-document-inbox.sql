-- 書類の一括取込: files of an archive, sealed under keys of their own until somebody has said whose they are.
create table document_inbox (
  id uuid primary key,
  seen_no integer not null unique default nextval('seen_no_seq'),
  archive_name text not null check (length(archive_name) between 1 and 255),
  path text not null check (length(path) between 1 and 300),
  mime text not null,
  size_bytes bigint not null check (size_bytes > 0),
  content_hash text not null,
  stored_path text not null,
  -- Whose it seems to be, and by which rule; a person decides.
  proposed_party_id uuid references party (id) on delete set null,
  proposed_by text check (proposed_by in ('party_number', 'corporate_number', 'source_number')),
  state text not null default 'waiting' check (state in ('waiting', 'linked', 'left_out')),
  document_id uuid references document (id),
  left_out_reason text check (length(left_out_reason) >= 5),
  received_by uuid not null,
  received_at timestamptz not null,
  settled_by uuid,
  settled_at timestamptz,
  check ((state = 'linked') = (document_id is not null)),
  check ((state = 'left_out') = (left_out_reason is not null)),
  check ((state = 'waiting') = (settled_at is null))
);
create index document_inbox_waiting on document_inbox (id) where state = 'waiting';
revoke delete on document_inbox from daicho_app;
