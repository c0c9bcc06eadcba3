-- 契約・料金: agreements with clients, their terms as dated versions (data dictionary, group 7).
create sequence contract_no_seq;

create table contract (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  contract_no text not null unique default 'K-' || to_char(nextval('contract_no_seq'), 'FM999999000000'),
  party_id uuid not null references party (id),
  contract_kind text not null check (contract_kind in ('master', 'individual', 'collection_entrustment', 'assignment', 'guarantee',
    'loan', 'nda', 'debtor_consent')),
  -- An individual contract stands under its master.
  master_id uuid references contract (id),
  state text not null check (state in ('drafting', 'internal_check', 'ready', 'sent', 'viewed', 'partially_signed', 'recalled',
    'declined', 'sign_expired', 'executed', 'active', 'amended', 'voided', 'terminated', 'completed')),
  newest_version integer not null default 1 check (newest_version >= 1),
  signed_on date,
  effective_on date,
  ends_on date,
  sign_method text check (sign_method in ('paper', 'e_sign')),
  drafted_by uuid not null,
  drafted_at timestamptz not null,
  executed_by uuid,
  execution_approved_by uuid,
  terminated_on date,
  termination_reason text,
  check (ends_on is null or effective_on is null or ends_on >= effective_on),
  constraint contract_is_executed_by_two check (
    state not in ('executed', 'active', 'amended', 'terminated', 'completed')
    or (signed_on is not null and effective_on is not null and execution_approved_by is not null
      and execution_approved_by <> executed_by and execution_approved_by <> drafted_by))
);
create index contract_party on contract (party_id, id desc);
create index contract_listed on contract (id desc);

-- What was agreed, and from when; never changed, only followed by the next version.
create table contract_version (
  contract_id uuid not null references contract (id),
  version integer not null check (version >= 1),
  valid_from date,
  terms jsonb not null,
  recorded_by uuid not null,
  approved_by uuid,
  recorded_at timestamptz not null,
  reason text,
  primary key (contract_id, version),
  check (not terms -> 'receivableKinds' @> '"wage"'),
  check ((terms ->> 'advancePpm')::integer between 1 and 1000000),
  check ((terms ->> 'feePpm')::integer between 0 and 1000000),
  check ((terms ->> 'graceDays')::integer >= 0)
);

select guard_with_audit('contract'), guard_with_audit('contract_version');
revoke delete on contract from daicho_app;
revoke delete on contract_version from daicho_app;
