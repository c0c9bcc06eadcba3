-- 本人確認: cases per party, the documents seen, mail sent, exceptions (data dictionary, group 3; JR §3.2–3.8).
create sequence kyc_case_no_seq;

create table kyc_case (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  case_no text not null unique default 'K-' || to_char(nextval('kyc_case_no_seq'), 'FM999999000000'),
  party_id uuid not null references party (id),
  trigger text not null check (trigger in ('onboarding', 'periodic', 'yearly_confirmation', 'change', 'high_risk',
    'new_transaction_kind', 'returned_mail')),
  method_code text not null,
  purpose text not null check (length(purpose) between 1 and 200),
  business_content text,
  risk_rating text not null check (risk_rating in ('low', 'medium', 'high')),
  rating_factors text[] not null,
  asset_income_checked boolean not null default false,
  mail_kind text check (mail_kind in ('not_forwarded', 'restricted')),
  mail_sent_on date,
  mail_tracking text,
  mail_result text check (mail_result in ('sent', 'delivered', 'returned')),
  state text not null check (state in ('in_progress', 'completed', 'reopened', 'failed')),
  opened_by uuid not null,
  opened_at timestamptz not null,
  completed_on date,
  completed_by uuid,
  approved_by uuid,
  record_created_at timestamptz,
  next_review_on date,
  superseded_at timestamptz,
  exception_until date,
  exception_reason text,
  exception_request_id uuid,
  constraint completion_needs_two check (
    state <> 'completed' or (completed_on is not null and next_review_on is not null and completed_by is not null
      and approved_by is not null and completed_by <> approved_by)),
  constraint exception_comes_from_a_request check (exception_until is null or exception_request_id is not null)
);
create index kyc_case_party on kyc_case (party_id, id);
-- One completed case in force; one being worked on.
create unique index kyc_case_in_force on kyc_case (party_id) where state = 'completed' and superseded_at is null;
create unique index kyc_case_at_work on kyc_case (party_id) where state in ('in_progress', 'reopened') and superseded_at is null;
create index kyc_case_due on kyc_case (next_review_on, id) where state = 'completed' and superseded_at is null;

create table kyc_document (
  id uuid primary key,
  case_id uuid not null references kyc_case (id),
  kind text not null,
  -- Whose document it is: the party's own when null.
  person_id uuid references person (id),
  issuer text,
  number_sealed text,
  number_last text check (length(number_last) <= 4),
  issued_on date,
  expires_on date,
  seen_on date not null,
  seen_by uuid not null,
  document_id uuid references document (id),
  recorded_at timestamptz not null
);
create index kyc_document_case on kyc_document (case_id);

select guard_with_audit('kyc_case'), guard_with_audit('kyc_document');
revoke delete on kyc_case from daicho_app;
revoke update, delete on kyc_document from daicho_app;
