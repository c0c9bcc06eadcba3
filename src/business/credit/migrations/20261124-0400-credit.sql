-- Limits with grounds and dates, and what is at risk under them (data dictionary, group 5).
create sequence limit_no_seq;

create table credit_limit (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  limit_no text not null unique default 'L-' || to_char(nextval('limit_no_seq'), 'FM999999000000'),
  limit_kind text not null check (limit_kind in ('client', 'group', 'debtor', 'debtor_group', 'pair', 'concentration')),
  -- The party, the head of the group, or the client of a pair; the second subject is the debtor of a pair.
  subject_id uuid not null references party (id),
  second_subject_id uuid references party (id),
  term text not null check (term in ('permanent', 'temporary')),
  limit_yen bigint check (limit_yen >= 0),
  limit_ppm integer check (limit_ppm between 1 and 1000000),
  in_force_from date not null,
  in_force_to date,
  review_due_on date not null,
  assessed_on date not null,
  grounds text not null check (length(grounds) >= 5),
  requested_by uuid not null,
  approved_by uuid,
  granted_at timestamptz not null,
  suspended_at timestamptz,
  suspended_reason text,
  revoked_at timestamptz,
  superseded_at timestamptz,
  check (in_force_to is null or in_force_to >= in_force_from),
  check ((limit_kind = 'concentration') = (limit_ppm is not null) and (limit_kind = 'concentration') <> (limit_yen is not null)),
  check ((limit_kind = 'pair') = (second_subject_id is not null)),
  check (term = 'permanent' or in_force_to is not null)
);
create unique index credit_limit_one_permanent on credit_limit (limit_kind, subject_id, coalesce(second_subject_id, subject_id))
  where term = 'permanent' and revoked_at is null and superseded_at is null;
create index credit_limit_subject on credit_limit (subject_id) where revoked_at is null and superseded_at is null;
create index credit_limit_second on credit_limit (second_subject_id) where second_subject_id is not null;
create index credit_limit_listed on credit_limit (id desc);

-- What one claim puts at risk: held from its approval (committed), then what was paid out less what came back (paid), then nothing.
create table credit_exposure (
  receivable_id uuid primary key,
  client_id uuid not null references party (id),
  debtor_id uuid not null references party (id),
  state text not null check (state in ('committed', 'paid', 'ended')),
  amount_yen bigint not null check (amount_yen >= 0),
  started_at timestamptz not null,
  changed_at timestamptz not null,
  check (state <> 'ended' or amount_yen = 0)
);
create index credit_exposure_client on credit_exposure (client_id) where state <> 'ended';
create index credit_exposure_debtor on credit_exposure (debtor_id) where state <> 'ended';

-- Sums of the above by client and debtor, changed under the lock of their limits; a nightly check proves them equal.
create table credit_pair_total (
  client_id uuid not null,
  debtor_id uuid not null,
  committed_yen bigint not null check (committed_yen >= 0),
  paid_yen bigint not null check (paid_yen >= 0),
  primary key (client_id, debtor_id)
);
create index credit_pair_total_debtor on credit_pair_total (debtor_id);

-- When exposure stood above a limit, kept for the measures.
create table limit_breach (
  id uuid primary key,
  limit_id uuid not null references credit_limit (id),
  started_at timestamptz not null,
  amount_yen bigint not null check (amount_yen > 0),
  cause text not null,
  cleared_at timestamptz
);
create unique index limit_breach_open on limit_breach (limit_id) where cleared_at is null;

select guard_with_audit('credit_limit'), guard_with_audit('credit_exposure'), guard_with_audit('limit_breach');
revoke delete on credit_limit, credit_exposure, credit_pair_total, limit_breach from daicho_app;
