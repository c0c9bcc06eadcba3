-- タイムスタンプ (data dictionary, group 11: timestamp_token, timestamp_at): the token itself (RFC 3161), kept as it came, with what it says. One is taken
-- only when its imprint is the hash of the paper's file.
create table document_time_stamp (
  id uuid primary key,
  seen_no integer not null unique default nextval('seen_no_seq'),
  document_id uuid not null references document (id),
  version_no integer not null,
  stamped_by text not null check (stamped_by in ('sender', 'ours')),
  original_file_name text not null,
  size_bytes integer not null check (size_bytes > 0),
  content_hash text not null,
  stored_path text not null,
  stamped_at timestamptz not null,
  serial text not null,
  policy text not null,
  digest_algorithm text not null check (digest_algorithm in ('sha256', 'sha384', 'sha512')),
  digest text not null check (digest ~ '^[0-9a-f]{64,128}$'),
  authority text not null,
  -- The certificates in the token, that of the authority first; whether they can be trusted nobody has checked.
  chain jsonb not null,
  -- Whether the signature was made with the certificate in the token; tokens without it cannot be asked.
  signature text not null check (signature in ('matches', 'not_checked')),
  added_by uuid not null,
  added_at timestamptz not null,
  foreign key (document_id, version_no) references document_version (document_id, version_no)
);
create index document_time_stamp_document on document_time_stamp (document_id, id);
select guard_with_audit('document_time_stamp');
revoke update, delete on document_time_stamp from daicho_app;

-- A token is compared with its paper when it arrives: with an upload that waits, or with a version that is filed.
alter table document_upload
  add column stamp jsonb,
  add column stamps_upload_id uuid references document_upload (id) on delete set null,
  add column stamps_document_id uuid references document (id),
  add column stamps_version_no integer;
