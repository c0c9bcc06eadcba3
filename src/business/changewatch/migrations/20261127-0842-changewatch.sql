-- 変更検知: signs that a customer is no longer what the ledger says, each with an owner and a deadline until somebody has judged it.
create sequence change_review_no_seq;

create table change_review (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  review_no text not null unique default 'W-' || to_char(nextval('change_review_no_seq'), 'FM999999000000'),
  party_id uuid not null references party (id),
  source text not null check (source in ('registry', 'registry_document', 'gbiz_representative', 'returned_mail', 'payee_mismatch',
    'score_drop', 'yearly_confirmation')),
  -- What was found: [{"field", "ours", "theirs"}], company data only.
  differences jsonb not null default '[]',
  sentence text not null check (length(sentence) between 1 and 500),
  rule_code text not null,
  -- The same facts are reviewed once: a judged difference speaks again only when it changes.
  facts_key text not null check (length(facts_key) between 1 and 200),
  owner_role text not null,
  due_on date not null,
  opened_by uuid not null,
  opened_at timestamptz not null,
  suspended_limits uuid[] not null default '{}',
  evidence uuid[] not null default '{}',
  outcome text check (outcome in ('changed', 'unchanged', 'exit')),
  outcome_reason text check (length(outcome_reason) >= 5),
  closed_by uuid,
  closed_at timestamptz,
  check ((closed_at is null) = (outcome is null) and (closed_at is null) = (closed_by is null) and (closed_at is null) = (outcome_reason is null))
);
create unique index change_review_once on change_review (party_id, facts_key);
create index change_review_open on change_review (due_on, id) where closed_at is null;
create index change_review_party on change_review (party_id, id desc);

select guard_with_audit('change_review');
revoke delete on change_review from daicho_app;

-- Against which state of the register and of our record a party was last compared; derived, made anew by the comparison.
create table party_register_check (
  party_id uuid primary key references party (id),
  party_version integer not null,
  register_updated_on date,
  state text not null check (state in ('agrees', 'differs', 'closed', 'void', 'unknown')),
  checked_at timestamptz not null
);
