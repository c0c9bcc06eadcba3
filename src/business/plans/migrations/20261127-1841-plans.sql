-- 商品・商品版 (data dictionary, group 13; FF §5): what the company sells, as dated versions. A version that was activated never changes.
create table plan (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  code text not null check (code ~ '^[A-Z0-9][A-Z0-9_-]{0,19}$'),
  name text not null check (length(name) between 1 and 100),
  operated_by text not null check (length(operated_by) between 1 and 150),
  transaction_kind text not null check (transaction_kind in ('purchase', 'credit_guarantee', 'loan')),
  status text not null check (status in ('draft', 'active', 'retired')),
  created_by uuid not null,
  created_at timestamptz not null,
  constraint plan_code_key unique (code)
);

create table plan_version (
  id uuid primary key,
  row_version integer not null default 1,
  plan_id uuid not null references plan (id),
  version integer not null check (version >= 1),
  state text not null check (state in ('draft', 'active', 'discarded')),
  -- Of a draft: the day that is wished for; null: the day of the activation.
  effective_from date,
  effective_to date,
  parameters jsonb not null,
  -- What is advertised, each with its source; apart from targets and limits, and bounds nothing.
  advertised jsonb not null,
  note text not null check (length(note) between 1 and 500),
  drafted_by uuid not null,
  drafted_at timestamptz not null,
  -- Who wrote on the draft; none of them approves it.
  writers uuid[] not null,
  activated_by uuid,
  approved_by uuid,
  activated_at timestamptz,
  unique (plan_id, version),
  check (effective_to is null or effective_from is null or effective_to >= effective_from),
  check (not parameters -> 'receivableKinds' @> '"wage"'),
  check ((parameters ->> 'advancePpm')::integer between 1 and 1000000),
  check ((parameters ->> 'feeMinPpm')::integer <= coalesce((parameters ->> 'feeMaxPpm')::integer, 1000000)),
  constraint plan_version_is_activated_by_two check ((state = 'active') = (activated_at is not null) and (state <> 'active' or (
    effective_from is not null and activated_by is not null and approved_by is not null and approved_by <> activated_by
    and not approved_by = any(writers))))
);
create unique index plan_version_one_draft on plan_version (plan_id) where state = 'draft';

create function active_plan_version_stays() returns trigger language plpgsql as $$
begin
  raise exception 'an activated version of a plan never changes' using errcode = 'check_violation',
    constraint = 'plan_version_must_be_a_draft', table = 'plan_version';
end $$;
create trigger active_plan_version_stays before update on plan_version for each row
  when (old.state <> 'draft') execute function active_plan_version_stays();

select guard_with_audit('plan'), guard_with_audit('plan_version');
revoke delete on plan, plan_version from daicho_app;
