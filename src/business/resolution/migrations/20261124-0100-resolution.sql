-- 名寄せ: what the machine proposes, what people judged, and which records count as one company (data dictionary, group 11).

-- Pairs worth a look, derived from the register by the program and made anew when one side changes.
create table party_candidate (
  party_id uuid not null,
  other_party_id uuid not null,
  score real not null check (score between 0 and 1),
  decision text not null check (decision in ('same', 'review')),
  guard text,
  reasons jsonb not null,
  weights text not null,
  computed_at timestamptz not null,
  primary key (party_id, other_party_id),
  constraint candidate_must_join_two check (party_id < other_party_id)
);
create index party_candidate_best on party_candidate (score desc, party_id);
create index party_candidate_other on party_candidate (other_party_id);

-- The version of each party its candidates were looked for at.
create table party_candidate_mark (party_id uuid primary key, row_version integer not null);

create table party_judgement (
  id uuid primary key,
  row_version integer not null default 1,
  party_id uuid not null references party (id),
  other_party_id uuid not null references party (id),
  verdict text not null check (verdict in ('same', 'different')),
  reason text not null check (length(reason) between 5 and 500),
  -- What the machine had said, kept beside what the person said.
  score real,
  reasons jsonb,
  judged_by uuid not null,
  judged_at timestamptz not null,
  withdrawn_by uuid,
  withdrawn_at timestamptz,
  withdrawn_reason text,
  constraint judgement_must_join_two check (party_id < other_party_id),
  check ((withdrawn_by is null) = (withdrawn_at is null))
);
create unique index party_judgement_once on party_judgement (party_id, other_party_id) where withdrawn_at is null;
create index party_judgement_other on party_judgement (other_party_id) where withdrawn_at is null;

create sequence merge_no_seq;
create table party_merge (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  merge_no text not null unique default 'M-' || to_char(nextval('merge_no_seq'), 'FM999999000000'),
  -- Field → the record whose value the merged view shows; the records themselves stay as they are.
  choices jsonb not null,
  -- The members' values on the day of the merge, to show at the unmerge what was edited since.
  values_at_merge jsonb not null,
  reason text not null,
  requested_by uuid not null,
  approved_by uuid not null,
  merged_at timestamptz not null,
  undone_requested_by uuid,
  undone_approved_by uuid,
  undone_at timestamptz,
  undone_reason text,
  constraint merge_must_be_decided_by_two check (requested_by <> approved_by),
  constraint unmerge_must_be_decided_by_two check (undone_requested_by is distinct from undone_approved_by or undone_at is null)
);

create table party_merge_member (
  merge_id uuid not null references party_merge (id),
  party_id uuid not null references party (id),
  primary key (merge_id, party_id)
);
create index party_merge_member_party on party_merge_member (party_id);
alter table party_identity add constraint party_identity_merge foreign key (merge_id) references party_merge (id);
create index party_place on party (pref, city, town, block) where block is not null;

select guard_with_audit('party_judgement'), guard_with_audit('party_merge'), guard_with_audit('party_merge_member');
revoke delete on party_judgement, party_merge, party_merge_member from daicho_app;
revoke update on party_merge_member from daicho_app;
