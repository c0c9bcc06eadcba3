-- 反社・制裁確認の過去の記録: what another system or a paid service said, moved in as history. The gates never read it (decision 0022).
create table screening_past_result (
  id uuid primary key,
  row_version integer not null default 1,
  -- The record the row was about; the subject is that record or a person of it.
  party_id uuid not null references party (id),
  subject_kind text not null check (subject_kind in ('party', 'person')),
  subject_id uuid not null,
  searched_on date not null,
  scope text check (length(scope) <= 200),
  provider text not null check (length(provider) between 1 and 200),
  result text not null check (result in ('none', 'found', 'unclear')),
  verdict text check (verdict in ('cleared', 'conditional', 'rejected')),
  checked_by text check (length(checked_by) <= 100),
  evidence_name text check (length(evidence_name) <= 255),
  document_id uuid references document (id),
  next_due_on date check (next_due_on > searched_on),
  -- May speak about a living person; under the subject's key.
  note_sealed text,
  -- Where it came from: the import's number.
  source text not null check (length(source) between 1 and 100),
  recorded_by uuid not null,
  approved_by uuid not null,
  recorded_at timestamptz not null,
  constraint past_result_needs_two check (recorded_by <> approved_by)
);
create index screening_past_result_party on screening_past_result (party_id);
create unique index screening_past_result_once on screening_past_result (subject_id, searched_on, provider);
select guard_with_audit('screening_past_result'), may_be_taken_out('screening_past_result', 'id');
