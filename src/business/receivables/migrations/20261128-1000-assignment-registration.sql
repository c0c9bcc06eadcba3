-- 債権譲渡登記 (動産債権譲渡特例法) and what else decides about a notice: from whom it came, its dated stamp, the hour it arrived (民法467条;
-- data dictionary, group 8).
alter table assignment_notice
  add column by_assignor boolean,
  add column department text check (length(department) between 1 and 100),
  add column fixed_on date,
  -- Two notices of one day are told apart by the hour.
  add column delivered_time text check (delivered_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  add constraint notice_time_needs_its_day check (delivered_time is null or delivered_on is not null);

create table assignment_registration (
  notice_id uuid primary key references assignment_notice (id),
  row_version integer not null default 1,
  registration_no text not null check (length(registration_no) between 1 and 30),
  registered_at timestamptz not null,
  expires_on date not null,
  -- By the legal nature of the claim, as it stands in the certificate.
  claim_type_code text not null check (claim_type_code ~ '^[0-9]{4}$'),
  certificate_document_id uuid not null references document (id),
  recorded_by uuid not null,
  recorded_at timestamptz not null
);
create index assignment_registration_no on assignment_registration (registration_no);
select guard_with_audit('assignment_registration');
revoke delete on assignment_registration from daicho_app;
