-- Searches of news and credit events which a person made and judged (data dictionary, group 4; JR §3.10, §3.12).
create table screening_media_search (
  id uuid primary key,
  row_version integer not null default 1,
  search_no text not null unique,
  party_id uuid not null references party (id),
  subject_kind text not null check (subject_kind in ('party', 'person')),
  subject_id uuid not null,
  scope text[] not null check (cardinality(scope) > 0 and scope <@ array['adverse_media', 'credit_event']),
  provider text not null,
  query_id text,
  -- The exact text sent and what was found: they name people, so they lie under the key of whom they are about.
  query_sealed text not null,
  keyword_set_version text not null,
  searched_at timestamptz not null,
  result_count integer not null check (result_count >= 0),
  findings_sealed text not null,
  finding_count integer not null,
  verdict text not null check (verdict in ('cleared', 'conditional', 'escalated', 'rejected')),
  conditions text,
  conditions_until date,
  evidence jsonb not null,
  recorded_by uuid not null,
  confirmed_by uuid,
  recorded_at timestamptz not null,
  next_due_on date not null,
  superseded_at timestamptz,
  constraint results_need_two check (result_count = 0 or (confirmed_by is not null and confirmed_by <> recorded_by)),
  constraint nothing_found_is_clear check (result_count > 0 or (verdict = 'cleared' and finding_count = 0)),
  constraint conditions_have_an_end check ((verdict = 'conditional') = (conditions_until is not null))
);
create sequence screening_media_search_no_seq;
alter table screening_media_search
  alter column search_no set default 'MS-' || to_char(nextval('screening_media_search_no_seq'), 'FM999999000000');
create index screening_media_search_subject on screening_media_search (subject_id, searched_at desc);
-- What stops a deal: asked of every subject inside a purchase.
create index screening_media_search_open on screening_media_search (subject_id)
  where superseded_at is null and verdict <> 'cleared';
select guard_with_audit('screening_media_search');
revoke delete on screening_media_search from daicho_app;
