-- 反社・制裁: watch lists in versions, one case per screened subject, its hits and what people judged (data dictionary, group 4; JR §3.10–3.12).

-- One row per loaded version of a list. The entries travel with it, packed, so that every process screens against the same words.
create table watch_list_version (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  list_id text not null check (length(list_id) between 1 and 200),
  title text not null,
  version_no integer not null check (version_no > 0),
  published_on date,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  files jsonb not null,
  row_count integer not null check (row_count >= 0),
  entry_count integer not null check (entry_count >= 0),
  added_count integer not null,
  changed_count integer not null,
  removed_count integer not null,
  problem_count integer not null,
  -- The first of them, with file and line; rows without a primary entry stand here.
  problems jsonb not null,
  entries_packed bytea not null,
  loaded_by uuid not null,
  loaded_at timestamptz not null,
  superseded_at timestamptz,
  -- Every subject screened before has been compared with the entries that came or changed.
  delta_done_at timestamptz,
  delta_subjects integer,
  delta_hits integer,
  unique (list_id, version_no)
);
create unique index watch_list_in_force on watch_list_version (list_id) where superseded_at is null;

create sequence screening_case_no_seq;

create table screening_case (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  case_no text not null unique default 'S-' || to_char(nextval('screening_case_no_seq'), 'FM999999000000'),
  subject_kind text not null check (subject_kind in ('party', 'person')),
  subject_id uuid not null,
  subject_name text not null,
  -- Everything that was searched with, encrypted under the subject's key; the keyed hash tells whether the subject has changed since.
  snapshot_sealed text not null,
  subject_hash text not null,
  trigger text not null check (trigger in ('created', 'changed', 'list_change', 'periodic', 'manual')),
  scope text[] not null,
  -- Versions in force at the search: [{listId, versionId, versionNo, entries}].
  lists jsonb not null,
  engine_version integer not null,
  policy_version text not null,
  searched_at timestamptz not null,
  -- Subject version, list versions, engine version and day: the same search is never stored twice.
  job_key text not null unique,
  hit_count integer not null check (hit_count >= 0),
  -- Of them, pairs which two people had already told apart on the same facts.
  remembered_count integer not null default 0,
  state text not null check (state in ('hit_review', 'cleared', 'conditional', 'escalated', 'rejected')),
  verdict_reason text,
  conditions text,
  conditions_until date,
  decided_by uuid,
  confirmed_by uuid,
  decided_at timestamptz,
  next_due_on date not null,
  superseded_at timestamptz,
  -- A case with a hit is closed by two different people, whatever the verdict.
  constraint verdict_needs_two check (
    state = 'hit_review' or hit_count = remembered_count
    or (decided_by is not null and confirmed_by is not null and decided_by <> confirmed_by)),
  constraint conditions_must_end check (state <> 'conditional' or (conditions is not null and conditions_until is not null))
);
-- One case in force per subject; the purchase command reads it here.
create unique index screening_case_current on screening_case (subject_id) where superseded_at is null;
create index screening_case_open on screening_case (state, id) where superseded_at is null;
create index screening_case_due on screening_case (next_due_on) where superseded_at is null;
create index screening_case_subject on screening_case (subject_id, id);

create table screening_hit (
  id uuid primary key,
  row_version integer not null default 1,
  case_id uuid not null references screening_case (id),
  subject_id uuid not null,
  subject_hash text not null,
  list_id text not null,
  list_version_id uuid not null references watch_list_version (id),
  entry_id text not null,
  entry_hash text not null,
  -- The entry as it stood then; the file may change, the judgement may not.
  entry jsonb not null,
  matched_name text not null,
  subject_name text not null,
  score_thousandths integer not null check (score_thousandths between 0 and 1000),
  band text not null check (band in ('hit', 'review')),
  -- May quote the subject's birth date.
  reasons_sealed text not null,
  judgement text check (judgement in ('same', 'different', 'unclear')),
  judgement_reason text,
  judgement_evidence uuid[] not null default '{}',
  judged_by uuid,
  judged_at timestamptz,
  -- The earlier hit whose judgement holds here too: same facts of the subject, same entry.
  remembered_from uuid references screening_hit (id),
  unique (case_id, list_id, entry_id),
  constraint judgement_needs_reason check (judgement is null or (judgement_reason is not null and judged_by is not null))
);
create index screening_hit_pair on screening_hit (subject_id, subject_hash, entry_hash) where judgement = 'different';

-- Subjects to be searched; made from the trail and by the daily look-over, emptied by the search. Derived, never a record.
create table screening_queue (
  subject_id uuid primary key,
  subject_kind text not null check (subject_kind in ('party', 'person')),
  trigger text not null check (trigger in ('created', 'changed', 'list_change', 'periodic', 'manual')),
  queued_at timestamptz not null
);

-- How far the trail has been read, by (block, position): a transaction which commits late is not overlooked.
create table screening_mark (
  only_row boolean primary key default true check (only_row),
  block bigint not null,
  position bigint not null
);
insert into screening_mark (block, position) values (0, 0);

/**
 * Who is screened because of whom (JR §3.12): the party itself by its roles, for clients, guarantors, brokers, vendors and funders also
 * its representatives, owners, agents, officers, guarantors and holders of more than 25 %. Debtors are screened alone.
 */
create view screening_subject as
  select id as party_id, 'party'::text as subject_kind, id as subject_id, 'self'::text as relation
    from party where roles && array['client', 'debtor', 'guarantor', 'broker', 'vendor', 'funder']
  union
  select pp.party_id, 'person', pp.person_id, pp.person_role
    from party_person pp join party p on p.id = pp.party_id
    where pp.valid_to is null and pp.person_role in ('representative', 'director', 'auditor', 'beneficial_owner', 'agent', 'guarantor')
      and p.roles && array['client', 'guarantor', 'broker', 'vendor', 'funder']
  union
  select s.party_id, case when s.holder_party_id is null then 'person' else 'party' end, coalesce(s.holder_party_id, s.holder_person_id),
      'shareholder'
    from shareholding s join party p on p.id = s.party_id
    where s.valid_to is null and s.share_ppm > 250000 and p.roles && array['client', 'guarantor', 'broker', 'vendor', 'funder'];

grant select on screening_subject to daicho_app;
select guard_with_audit('watch_list_version'), guard_with_audit('screening_case'), guard_with_audit('screening_hit');
revoke delete on watch_list_version, screening_case, screening_hit from daicho_app;
