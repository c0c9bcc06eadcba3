-- 超過承認 (data dictionary, group 5 and 12): two people let one named deal go beyond one limit by so many yen until a day.
create sequence limit_override_no_seq;

create table limit_override (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  override_no text not null unique default 'OV-' || to_char(nextval('limit_override_no_seq'), 'FM999999000000'),
  deal_kind text not null check (deal_kind in ('receivable', 'application')),
  deal_id uuid not null,
  -- The ceiling of a plan is never lifted for a deal.
  limit_kind text not null check (limit_kind in ('client', 'group', 'debtor', 'debtor_group', 'pair', 'concentration')),
  limit_id uuid not null references credit_limit (id),
  client_id uuid not null references party (id),
  debtor_id uuid not null references party (id),
  beyond_yen bigint not null check (beyond_yen > 0),
  until date not null,
  reason text not null check (length(reason) >= 5),
  evidence uuid[] not null check (cardinality(evidence) > 0),
  requested_by uuid not null,
  approved_by uuid not null,
  granted_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by uuid,
  revoked_reason text check (length(revoked_reason) between 5 and 500),
  replaced_at timestamptz,
  constraint an_override_is_decided_by_two check (requested_by <> approved_by),
  check ((revoked_at is null) = (revoked_by is null) and (revoked_at is null) = (revoked_reason is null)),
  check (deal_kind = 'receivable' or limit_kind in ('client', 'group'))
);
create unique index limit_override_one_standing on limit_override (deal_id, limit_kind) where revoked_at is null and replaced_at is null;
create index limit_override_deal on limit_override (deal_id, id);
create index limit_override_client on limit_override (client_id, id desc);
create index limit_override_debtor on limit_override (debtor_id, id desc);

-- What a claim of the deal took of it, once a claim; it stands outside the limit for everybody else while the claim is at risk.
create table limit_override_use (
  override_id uuid not null references limit_override (id),
  receivable_id uuid not null,
  limit_kind text not null check (limit_kind in ('client', 'group', 'debtor', 'debtor_group', 'pair', 'concentration')),
  -- By how much the claim went beyond the limit, and its advance then.
  used_yen bigint not null check (used_yen > 0),
  amount_yen bigint not null check (amount_yen > 0),
  used_at timestamptz not null,
  primary key (receivable_id, limit_kind)
);
create index limit_override_use_of on limit_override_use (override_id);

select guard_with_audit('limit_override'), guard_with_audit('limit_override_use');
revoke delete on limit_override, limit_override_use from daicho_app;

alter table limit_breach add column override_id uuid references limit_override (id);
