-- 消込: which claims a deposit pays, why, by whose word, and how it was undone (data dictionary, group 9).
create sequence match_no_seq;

-- What the engine says of a waiting deposit; rewritten by each run, decided by people.
create table match_proposal (
  payment_id uuid primary key references payment_in (id),
  status text not null check (status in ('auto', 'proposed', 'unidentified')),
  score numeric not null,
  allocations jsonb not null,
  unallocated_yen bigint not null,
  reasons jsonb not null,
  alternatives jsonb not null,
  proposed_at timestamptz not null
);

create table reconciliation_match (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  match_no text not null unique default 'M-' || to_char(nextval('match_no_seq'), 'FM999990000000'),
  payment_id uuid not null references payment_in (id),
  amount_yen bigint not null check (amount_yen > 0),
  received_on date not null,
  -- auto: the engine saw one explanation, somebody confirmed all such; proposed: a person took the proposal; manual: a person chose.
  method text not null check (method in ('auto', 'proposed', 'manual')),
  score numeric,
  reasons jsonb not null,
  short_reason text check (short_reason in ('transfer_fee', 'tax_difference', 'discount', 'return', 'part_payment', 'unknown')),
  confirmed_by uuid not null,
  confirmed_at timestamptz not null,
  alias_id uuid,
  undone_by uuid,
  undone_at timestamptz,
  undo_reason text,
  constraint undoing_needs_a_reason check ((undone_at is null) = (undone_by is null)
    and (undone_at is null or length(undo_reason) >= 5))
);
create unique index payment_is_matched_once on reconciliation_match (payment_id) where undone_at is null;
create index reconciliation_match_listed on reconciliation_match (id desc);

-- Where each yen of the deposit went; Σ = the deposit.
create table allocation (
  match_id uuid not null references reconciliation_match (id),
  line_no integer not null check (line_no >= 1),
  receivable_id uuid references receivable (id),
  party_id uuid not null references party (id),
  kind text not null check (kind in ('principal', 'late_damages', 'penalty', 'cost', 'fee', 'reserve', 'client_share', 'recovery', 'excess')),
  yen bigint not null check (yen > 0),
  primary key (match_id, line_no),
  check ((receivable_id is null) = (kind = 'excess'))
);
create index allocation_receivable on allocation (receivable_id) where receivable_id is not null;

create function require_full_allocation() returns trigger language plpgsql as $$
declare
  allocated bigint;
  deposited bigint;
begin
  select coalesce(sum(yen), 0) into allocated from allocation where match_id = new.id;
  select amount_yen into deposited from payment_in where id = new.payment_id;
  if allocated <> new.amount_yen or deposited <> new.amount_yen then
    raise exception 'match % allocates % of % yen', new.match_no, allocated, deposited
      using errcode = 'integrity_constraint_violation', constraint = 'allocations_must_add_up_to_the_deposit';
  end if;
  return null;
end $$;
create constraint trigger allocations_must_add_up_to_the_deposit after insert on reconciliation_match
  deferrable initially deferred for each row execute function require_full_allocation();

-- Journals a match or a settlement posted: what undoing reverses.
create table match_journal (
  journal_id uuid primary key references journal (id),
  match_id uuid references reconciliation_match (id),
  settlement_id uuid
);
create index match_journal_match on match_journal (match_id);
create index match_journal_settlement on match_journal (settlement_id);

-- A claim whose money is in: what the tolerance or a fee let pass, and what of the reserve the client gets (FF §4.4).
create table claim_settlement (
  id uuid primary key,
  receivable_id uuid not null references receivable (id),
  settled_on date not null,
  shortfall_yen bigint not null check (shortfall_yen >= 0),
  from_reserve_yen bigint not null check (from_reserve_yen between 0 and shortfall_yen),
  release_yen bigint not null check (release_yen >= 0),
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  undone_at timestamptz
);
create unique index claim_is_settled_once on claim_settlement (receivable_id) where undone_at is null;

-- Returns, discounts, cut claims: the client's risk, first out of the unpurchased part (FF §4.4).
create table dilution (
  id uuid primary key,
  receivable_id uuid not null references receivable (id),
  confirmed_on date not null,
  total_yen bigint not null check (total_yen > 0),
  bought_yen bigint not null check (bought_yen between 0 and total_yen),
  from_reserve_yen bigint not null check (from_reserve_yen between 0 and bought_yen),
  reason text not null check (length(reason) >= 5),
  confirmed_by uuid not null,
  recorded_at timestamptz not null
);
create index dilution_receivable on dilution (receivable_id);

-- From this day the debtor's insolvency, not the client, holds the money back: no damages from the client (FF §4.5).
create table debtor_insolvency (
  receivable_id uuid primary key references receivable (id),
  since_on date not null,
  reason text not null check (length(reason) >= 5),
  requested_by uuid not null,
  approved_by uuid,
  recorded_at timestamptz not null,
  constraint insolvency_needs_two check (approved_by is not null and approved_by <> requested_by)
);

-- Sender names learned from confirmed manual matches only (FF §7).
create table payer_alias (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  party_id uuid not null references party (id),
  sender_kana text not null,
  sender_key text not null,
  bank text not null,
  branch text not null,
  confirmed_count integer not null check (confirmed_count >= 0),
  last_confirmed_at timestamptz not null,
  disabled_by uuid,
  disabled_at timestamptz,
  disabled_reason text,
  unique (party_id, sender_key, bank, branch),
  check ((disabled_at is null) = (disabled_by is null) and (disabled_at is null or length(disabled_reason) >= 5))
);
create index payer_alias_listed on payer_alias (id desc);
alter table reconciliation_match add foreign key (alias_id) references payer_alias (id);
alter table match_journal add foreign key (settlement_id) references claim_settlement (id);

select guard_with_audit('match_proposal'), guard_with_audit('reconciliation_match'), guard_with_audit('allocation'),
  guard_with_audit('match_journal'), guard_with_audit('claim_settlement'), guard_with_audit('dilution'),
  guard_with_audit('debtor_insolvency'), guard_with_audit('payer_alias');
revoke update, delete on allocation, match_journal, dilution, debtor_insolvency from daicho_app;
revoke delete on reconciliation_match, claim_settlement, payer_alias from daicho_app;
