-- 事故 (data dictionary, group 9): fraud, double assignment, misdirected payment, insolvency, loss of data; closed only with cause and prevention.
create sequence incident_no_seq;

create table incident (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  incident_no text not null unique default 'INC-' || to_char(nextval('incident_no_seq'), 'FM999999000000'),
  kind text not null check (kind in ('fraud', 'double_assignment', 'misdirected_payment', 'insolvency', 'data')),
  title text not null check (length(title) between 1 and 200),
  found_on date not null,
  -- Facts, cause and prevention may name people: encrypted under the incident's own key.
  facts_sealed text not null,
  cause_sealed text,
  prevention_sealed text,
  loss_yen bigint check (loss_yen >= 0),
  owner_id uuid not null,
  report_due_on date not null,
  reported_on date,
  -- Insolvency.
  filing_on date,
  court text check (length(court) between 1 and 100),
  court_case_no text check (length(court_case_no) between 1 and 100),
  claim_deadline_on date,
  claim_filed_on date,
  -- Data (個人情報保護法 26条, 規則7条・8条).
  known_on date,
  persons_affected integer check (persons_affected >= 0),
  breach_grounds text[] not null default '{}' check (breach_grounds <@ array['special_care', 'property_damage', 'wrongful_purpose', 'over_1000']),
  preliminary_due_on date,
  preliminary_filed_on date,
  final_due_on date,
  final_filed_on date,
  opened_by uuid not null,
  opened_at timestamptz not null,
  closed_on date,
  closed_by uuid,
  check ((closed_on is null) = (closed_by is null)),
  check (closed_on is null or (cause_sealed is not null and prevention_sealed is not null)),
  check (kind = 'insolvency' or (filing_on is null and court is null and court_case_no is null and claim_deadline_on is null
    and claim_filed_on is null)),
  check ((kind = 'data') = (known_on is not null)),
  check (kind = 'data' or (persons_affected is null and breach_grounds = '{}' and preliminary_due_on is null and final_due_on is null))
);
create index incident_open on incident (report_due_on, id) where closed_on is null;
create index incident_newest on incident (found_on desc, id desc);

create table incident_subject (
  incident_id uuid not null references incident (id),
  party_id uuid not null references party (id),
  subject_role text not null check (subject_role in ('client', 'debtor', 'other')),
  primary key (incident_id, party_id)
);
create index incident_subject_party on incident_subject (party_id);

select guard_with_audit('incident'), guard_with_audit('incident_subject');
revoke delete on incident from daicho_app;
