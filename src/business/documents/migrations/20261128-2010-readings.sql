-- 読み取り結果 (data dictionary, group 11: ocr_fields, field_confidence, confirmed_by): what a machine read from a paper. Proposals only: each is
-- accepted or refused by a person, and nothing is overwritten without one.
create table document_reading (
  id uuid primary key,
  row_version integer not null default 1,
  document_id uuid not null references document (id),
  version_no integer not null,
  field text not null check (field in ('docKind', 'title', 'transactionDate', 'amountYen', 'counterparty', 'validOn', 'expiresOn')),
  -- Under the key of whom the paper is about.
  value_sealed text not null,
  confidence_ppm integer not null check (confidence_ppm between 0 and 1000000),
  source text not null check (length(source) between 1 and 100),
  state text not null default 'proposed' check (state in ('proposed', 'accepted', 'refused', 'superseded')),
  proposed_by uuid not null,
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  decision_reason text check (length(decision_reason) >= 2),
  foreign key (document_id, version_no) references document_version (document_id, version_no),
  constraint a_person_decides check ((state in ('accepted', 'refused')) = (decided_by is not null) and (decided_by is null) = (decided_at is null))
);
create unique index document_reading_open on document_reading (document_id, field, source) where state = 'proposed';
create index document_reading_document on document_reading (document_id, id);
select guard_with_audit('document_reading');
revoke delete on document_reading from daicho_app;

-- 隔離: a paper in which an individual number (マイナンバー) was found is opened by compliance alone, until it says that it is none or until a
-- version without it has come; the versions that show it stay closed then.
alter table document
  add column quarantined_at timestamptz,
  add column quarantined_by uuid,
  add column quarantine_reason text,
  add column quarantined_version integer,
  add column closed_versions integer not null default 0 check (closed_versions >= 0),
  add constraint quarantine_is_whole check ((quarantined_at is null) = (quarantined_by is null)
    and (quarantined_at is null) = (quarantine_reason is null) and (quarantined_at is null) = (quarantined_version is null));
create index document_quarantined on document (quarantined_at) where quarantined_at is not null;
