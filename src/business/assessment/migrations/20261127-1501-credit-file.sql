-- 審査: what the credit of a company is judged by (data dictionary, group 5): reviews, scores, agency reports, security, guarantees, and
-- whether it is watched or stopped. Each row stays on the record it was written for; a company's answer is read from all its records.
create sequence credit_review_no_seq;
create sequence collateral_no_seq;
create sequence guarantee_no_seq;

-- The company's own measures, versioned; none yet means the defaults of the program.
create table assessment_rule (
  id uuid primary key,
  version integer not null unique check (version >= 1),
  score_fall_ppm integer not null check (score_fall_ppm between 1 and 1000000),
  fall_window_days integer not null check (fall_window_days between 1 and 3650),
  report_age_days integer not null check (report_age_days between 1 and 3650),
  notice_days integer not null check (notice_days between 1 and 365),
  basis_threshold_yen bigint not null check (basis_threshold_yen >= 0),
  note text not null check (length(note) between 5 and 2000),
  recorded_by uuid not null,
  approved_by uuid check (approved_by <> recorded_by),
  recorded_at timestamptz not null
);

create table credit_review (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  review_no text not null unique default 'RV-' || to_char(nextval('credit_review_no_seq'), 'FM999999000000'),
  party_id uuid not null references party (id),
  subject_role text not null check (subject_role in ('client', 'debtor')),
  assessed_on date not null,
  assessed_by uuid not null,
  outcome text not null check (outcome in ('accept', 'conditional', 'decline')),
  recommended_yen bigint check (recommended_yen >= 0),
  conditions text check (length(conditions) between 5 and 2000),
  grounds text not null check (length(grounds) between 5 and 4000),
  -- [{"kind", "source", "note"}]
  basis jsonb not null check (jsonb_typeof(basis) = 'array'),
  review_due_on date not null,
  evidence uuid[] not null default '{}',
  state text not null check (state in ('draft', 'decided', 'withdrawn')),
  decided_by uuid,
  decided_at timestamptz,
  rules_version integer,
  withdrawn_reason text check (length(withdrawn_reason) between 5 and 500),
  recorded_at timestamptz not null,
  check ((outcome = 'decline') = (recommended_yen is null)),
  check ((outcome = 'conditional') = (conditions is not null)),
  check ((state = 'decided') = (decided_by is not null) and (state = 'decided') = (decided_at is not null)),
  check ((state = 'withdrawn') = (withdrawn_reason is not null))
);
create index credit_review_party on credit_review (party_id, id desc);
create index credit_review_listed on credit_review (state, id desc);
create index credit_review_reviewer on credit_review (assessed_by, id desc);
create index credit_review_due on credit_review (review_due_on) where state = 'decided';

-- What was decided stays as it was decided.
create function decided_review_stays() returns trigger language plpgsql as $$
begin
  raise exception 'a decided or withdrawn review does not change' using errcode = 'check_violation', constraint = 'decided_review_stays';
end $$;
create trigger decided_review_stays before update on credit_review for each row when (old.state <> 'draft')
  execute function decided_review_stays();

create table credit_score (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  party_id uuid not null references party (id),
  origin text not null check (origin in ('agency', 'own', 'automatic')),
  provider text not null check (provider in ('tdb', 'tsr', 'riskmonster', 'own', 'other')),
  provider_name text check (length(provider_name) between 1 and 60),
  score integer not null check (score >= 0),
  score_scale integer not null check (score_scale between 1 and 1000000),
  score_date date not null,
  -- [{"name", "points"}]
  components jsonb not null default '[]' check (jsonb_typeof(components) = 'array'),
  model_version text check (length(model_version) between 1 and 60),
  inputs_hash text check (inputs_hash ~ '^[0-9a-f]{64}$'),
  reason_codes text[] not null default '{}',
  -- A person's score in place of another's, by two people.
  overrides uuid references credit_score (id),
  override_reason text check (length(override_reason) between 5 and 2000),
  evidence uuid[] not null default '{}',
  recorded_by uuid not null,
  approved_by uuid,
  recorded_at timestamptz not null,
  retracted_at timestamptz,
  retracted_by uuid,
  retracted_approved_by uuid,
  retracted_reason text check (length(retracted_reason) between 5 and 500),
  check (score <= score_scale),
  check ((provider = 'other') = (provider_name is not null)),
  check (origin <> 'automatic' or (model_version is not null and inputs_hash is not null and cardinality(reason_codes) > 0)),
  check ((overrides is null) = (override_reason is null)),
  constraint score_override_takes_two check (overrides is null or (approved_by is not null and approved_by <> recorded_by)),
  check ((retracted_at is null) = (retracted_by is null) and (retracted_at is null) = (retracted_reason is null)),
  constraint score_retraction_takes_two
    check (retracted_at is null or (retracted_approved_by is not null and retracted_approved_by <> retracted_by))
);
create index credit_score_party on credit_score (party_id, score_date desc, id desc);
create unique index credit_score_overridden_once on credit_score (overrides) where overrides is not null and retracted_at is null;

create table external_report (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  party_id uuid not null references party (id),
  provider text not null check (provider in ('tdb', 'tsr', 'riskmonster', 'other')),
  provider_name text check (length(provider_name) between 1 and 60),
  report_date date not null,
  rating text check (length(rating) between 1 and 40),
  bankruptcy_forecast text check (length(bankruptcy_forecast) between 1 and 40),
  summary text check (length(summary) between 1 and 2000),
  evidence uuid[] not null default '{}',
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  retracted_at timestamptz,
  retracted_by uuid,
  retracted_reason text check (length(retracted_reason) between 5 and 500),
  check ((provider = 'other') = (provider_name is not null)),
  check ((retracted_at is null) = (retracted_by is null) and (retracted_at is null) = (retracted_reason is null))
);
create index external_report_party on external_report (party_id, report_date desc, id desc);
create index external_report_date on external_report (report_date) where retracted_at is null;

create table collateral (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  collateral_no text not null unique default 'CL-' || to_char(nextval('collateral_no_seq'), 'FM999999000000'),
  party_id uuid not null references party (id),
  collateral_kind text not null
    check (collateral_kind in ('claim_assignment', 'deposit', 'real_estate', 'movables', 'securities', 'other')),
  description text not null check (length(description) between 2 and 500),
  value_yen bigint not null check (value_yen >= 0),
  valued_on date not null,
  ltv_ppm integer not null check (ltv_ppm between 0 and 1000000),
  registered_no text check (length(registered_no) between 1 and 60),
  valid_from date not null,
  expires_on date,
  -- The first day on which it no longer stands.
  valid_to date,
  end_reason text check (length(end_reason) between 5 and 500),
  ended_by uuid,
  -- The valuation before this one.
  replaces uuid unique references collateral (id),
  evidence uuid[] not null default '{}',
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  check (expires_on is null or expires_on > valid_from),
  check (valid_to is null or valid_to >= valid_from),
  check ((valid_to is null) = (end_reason is null) and (valid_to is null) = (ended_by is null))
);
create index collateral_party on collateral (party_id, id desc);
create index collateral_expiring on collateral (expires_on) where valid_to is null and expires_on is not null;

create table guarantee (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  guarantee_no text not null unique default 'GU-' || to_char(nextval('guarantee_no_seq'), 'FM999999000000'),
  -- Whose debt is guaranteed, and by whom.
  party_id uuid not null references party (id),
  guarantor_party_id uuid references party (id),
  guarantor_person_id uuid references person (id),
  guarantee_kind text not null check (guarantee_kind in ('simple', 'joint', 'root', 'joint_root')),
  amount_yen bigint check (amount_yen > 0),
  guarantee_cap_yen bigint check (guarantee_cap_yen > 0),
  -- A living person answers with everything it has: a guarantor in person, or a sole proprietor.
  personal boolean not null,
  notarised_on date,
  valid_from date not null,
  expires_on date,
  valid_to date,
  end_reason text check (length(end_reason) between 5 and 500),
  ended_by uuid,
  evidence uuid[] not null default '{}',
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  judgement text check (judgement in ('kept', 'to_end')),
  judgement_reason text check (length(judgement_reason) between 5 and 2000),
  judged_by uuid,
  judged_at timestamptz,
  check ((guarantor_party_id is null) <> (guarantor_person_id is null)),
  check (guarantor_person_id is null or personal),
  -- Without 極度額 a personal root guarantee is void (Civil Code 465-2).
  constraint personal_root_guarantee_has_a_cap
    check (not personal or guarantee_kind not in ('root', 'joint_root') or guarantee_cap_yen is not null),
  check (guarantee_kind in ('root', 'joint_root') or amount_yen is not null),
  check (expires_on is null or expires_on > valid_from),
  check (valid_to is null or valid_to >= valid_from),
  check ((valid_to is null) = (end_reason is null) and (valid_to is null) = (ended_by is null)),
  check ((judgement is null) = (judged_at is null) and (judgement is null) = (judged_by is null)
    and (judgement is null) = (judgement_reason is null)),
  check (judged_by <> recorded_by)
);
create index guarantee_party on guarantee (party_id, id desc);
create index guarantee_guarantor on guarantee (guarantor_party_id) where guarantor_party_id is not null;
create index guarantee_person on guarantee (guarantor_person_id) where guarantor_person_id is not null;
create index guarantee_expiring on guarantee (expires_on) where valid_to is null and expires_on is not null;
create index guarantee_to_judge on guarantee (id) where personal and valid_to is null and judged_at is null;

create table watch_status (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  party_id uuid not null references party (id),
  watch_state text not null check (watch_state in ('normal', 'watch', 'stop')),
  previous text not null check (previous in ('normal', 'watch', 'stop')),
  reason text not null check (length(reason) between 5 and 2000),
  since date not null,
  review_on date,
  evidence uuid[] not null default '{}',
  recorded_by uuid not null,
  approved_by uuid,
  recorded_at timestamptz not null,
  superseded_at timestamptz,
  check (watch_state <> previous),
  -- A stop is lifted by two people only.
  constraint stop_is_lifted_by_two check (previous <> 'stop' or (approved_by is not null and approved_by <> recorded_by))
);
create unique index watch_status_standing on watch_status (party_id) where superseded_at is null;
create index watch_status_party on watch_status (party_id, id desc);
create index watch_status_review on watch_status (review_on) where superseded_at is null and watch_state <> 'normal' and review_on is not null;

select guard_with_audit('assessment_rule'), guard_with_audit('credit_review'), guard_with_audit('credit_score'),
  guard_with_audit('external_report'), guard_with_audit('collateral'), guard_with_audit('guarantee'), guard_with_audit('watch_status');
revoke delete on assessment_rule, credit_review, credit_score, external_report, collateral, guarantee, watch_status from daicho_app;

-- What a limit may rest on, for whoever grants it: the decided review of the company, or nothing.
create function decided_review(review uuid, company uuid) returns table (review_no text, outcome text, recommended_yen bigint, subject_role text)
language sql stable as $$
  select r.review_no, r.outcome, r.recommended_yen, r.subject_role
  from credit_review r join party_identity i on i.party_id = r.party_id
  where r.id = review and i.identity_id = company and r.state = 'decided'
$$;
