-- Files on any record, versions kept for ever (data dictionary, group 11). The content lies outside the database, encrypted.
create sequence doc_no_seq;

create table document (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  doc_no text not null unique default 'D-' || to_char(nextval('doc_no_seq'), 'FM999999000000'),
  doc_kind text not null check (doc_kind in ('invoice', 'order', 'delivery', 'contract', 'consent', 'id', 'registry', 'statement', 'tax',
    'certificate', 'letter', 'notice', 'set_off_notice', 'screening_evidence', 'approval_memo', 'incident_report', 'other')),
  title text not null check (length(title) between 1 and 200),
  -- Whose key encrypts the files: the party or person they are about.
  data_subject_id uuid not null,
  transaction_date date,
  -- Null is an answer: a document without an amount is found as such.
  amount_yen bigint,
  counterparty text,
  expires_on date,
  confidentiality text not null check (confidentiality in ('normal', 'personal', 'special', 'compliance')),
  newest_version integer not null default 1,
  registered_by uuid not null,
  registered_at timestamptz not null
);
create index document_listed on document (id desc);

create table document_version (
  id uuid primary key,
  document_id uuid not null references document (id),
  version_no integer not null check (version_no >= 1),
  file_name text not null,
  original_file_name text not null,
  mime text not null,
  size_bytes bigint not null check (size_bytes > 0),
  -- Keyed hash of the content: checked on each read, and finds the same file across customers without revealing it.
  content_hash text not null,
  stored_path text not null,
  reason text,
  added_by uuid not null,
  added_at timestamptz not null,
  unique (document_id, version_no)
);
create index document_version_hash on document_version (content_hash);

create table document_link (
  document_id uuid not null references document (id),
  object_kind text not null,
  object_id uuid not null,
  primary key (object_id, document_id)
);
create index document_link_document on document_link (document_id);

-- A received file which no document has taken yet; swept after a day.
create table document_upload (
  id uuid primary key,
  uploaded_by uuid not null,
  data_subject_id uuid not null,
  original_file_name text not null,
  mime text not null,
  size_bytes bigint not null,
  content_hash text not null,
  stored_path text not null,
  uploaded_at timestamptz not null,
  taken_at timestamptz
);
create index document_upload_waiting on document_upload (uploaded_at) where taken_at is null;

select guard_with_audit('document'), guard_with_audit('document_version'), guard_with_audit('document_link');
revoke delete on document, document_version, document_link from daicho_app;
