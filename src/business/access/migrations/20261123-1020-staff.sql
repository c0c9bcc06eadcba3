-- The people of the company, what they may do and since when, and the company itself.
create table staff_member (
  id uuid primary key references auth."user" (id),
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  display_name text not null check (length(trim(display_name)) between 1 and 100),
  email text not null unique check (email = lower(email)),
  -- Last day of a contract known in advance; contractors always have one.
  ends_on date,
  left_at timestamptz,
  -- Set while the password was given by somebody else: it works until then and must be changed at the first sign-in.
  one_time_password_until timestamptz,
  registered_at timestamptz not null
);
select guard_with_audit('staff_member');

create table role_grant (
  id uuid primary key,
  staff_id uuid not null references staff_member (id),
  role text not null check (role in ('sales', 'reviewer', 'approver', 'operations', 'collector', 'compliance', 'accounting',
    'manager', 'auditor', 'administrator', 'contractor')),
  valid_from date not null,
  -- The last day; a revoked grant ends with revoked_at, at once.
  valid_to date,
  granted_by uuid not null,
  approved_by uuid,
  granted_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by uuid,
  check (valid_to is null or valid_to >= valid_from),
  constraint contractor_must_have_an_end check (role <> 'contractor' or valid_to is not null),
  constraint grant_must_not_be_ones_own check (granted_by <> staff_id and approved_by is distinct from staff_id),
  check ((revoked_at is null) = (revoked_by is null))
);
create unique index role_grant_in_force on role_grant (staff_id, role) where revoked_at is null;
create index role_grant_staff on role_grant (staff_id);
select guard_with_audit('role_grant');

-- The token of the link is derived from the id by the master key and stands nowhere.
create table staff_invite (
  id uuid primary key,
  staff_id uuid not null references staff_member (id),
  purpose text not null check (purpose in ('first_password', 'new_password')),
  invited_by uuid not null,
  invited_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  withdrawn_at timestamptz,
  mail_state text not null check (mail_state in ('waiting', 'sent', 'failed')),
  mail_tries integer not null default 0
);
create index staff_invite_staff on staff_invite (staff_id);
create index staff_invite_waiting on staff_invite (invited_at) where mail_state = 'waiting';
select guard_with_audit('staff_invite');

-- The own company: one row, whose settings stand in versions; the version in force is the row's. `mode` is written at set-up:
-- the demo with its sample data, or a real company.
create table company (
  id uuid primary key,
  one boolean not null unique default true check (one),
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  mode text not null check (mode in ('demo', 'company')),
  set_up_at timestamptz not null
);
select guard_with_audit('company');

create table company_version (
  version integer primary key check (version >= 1),
  legal_name text not null,
  corporate_number text check (corporate_number ~ '^[1-9][0-9]{12}$'),
  invoice_reg_no text check (invoice_reg_no ~ '^T[1-9][0-9]{12}$'),
  money_lender_reg_no text,
  money_lender_valid_to date,
  aml_regime text not null check (aml_regime in ('statutory', 'voluntary')),
  originator_code text check (originator_code ~ '^[0-9]{10}$'),
  tax_amount_basis text not null check (tax_amount_basis in ('tax_included', 'tax_excluded')),
  bank_cut_off text not null check (bank_cut_off ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  bank_holidays text not null check (bank_holidays in ('banking_days', 'weekends_only')),
  transfer_fees_yen bigint[] not null,
  export_row_limit integer not null check (export_row_limit between 1 and 10000000),
  tolerance_yen bigint not null check (tolerance_yen between 0 and 100000),
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  constraint money_lender_must_have_an_end check (money_lender_reg_no is null or money_lender_valid_to is not null)
);
select guard_with_audit('company_version');
revoke update, delete on company_version from daicho_app;
