-- 買戻し・解除・立替費用・差引 (data dictionary, groups 9 and 15; FF §3, §4.5, §4.8): each by two people, each under one journal.
create sequence take_back_no_seq;
create sequence advanced_cost_no_seq;

-- A bought claim goes back to the client: repurchased, or its purchase rescinded after the payout. What it owes for it stands in the journal.
create table claim_take_back (
  id uuid primary key,
  seen_no integer not null unique default nextval('seen_no_seq'),
  take_back_no text not null unique default 'TB-' || to_char(nextval('take_back_no_seq'), 'FM999999000000'),
  receivable_id uuid not null references receivable (id),
  kind text not null check (kind in ('repurchase', 'rescission')),
  ground text not null check (ground in ('warranty_breach', 'dilution', 'recourse', 'false_statement', 'double_assignment')),
  clause text not null check (length(clause) between 1 and 200),
  -- Why this is no disguised loan: for claims in dunning or with a lawyer, and for recourse (FF §3, §4.6).
  compliance_reason text check (length(compliance_reason) >= 5),
  taken_on date not null,
  open_yen bigint not null check (open_yen > 0),
  from_reserve_yen bigint not null check (from_reserve_yen >= 0),
  -- The fee given up by a rescission.
  fee_yen bigint not null check (fee_yen >= 0),
  damages_yen bigint not null check (damages_yen >= 0),
  -- What the client owes for the claim, or what it is owed.
  owed_yen bigint not null check (owed_yen >= 0),
  refund_yen bigint not null check (refund_yen >= 0),
  penalty_id uuid references penalty (id),
  journal_id uuid not null unique references journal (id),
  reason text not null check (length(reason) >= 5),
  requested_by uuid not null,
  approved_by uuid,
  recorded_at timestamptz not null,
  constraint take_back_needs_two check (approved_by is not null and approved_by <> requested_by),
  constraint claim_is_taken_back_once unique (receivable_id),
  constraint ground_must_fit_the_kind check ((kind = 'repurchase') = (ground in ('warranty_breach', 'dilution', 'recourse'))),
  -- No yen made or lost. Repurchase: the reserve bears its part, the client the rest, and what is left of the reserve goes back to it;
  -- rescission: the fee is given up as well, and the whole reserve with it.
  constraint take_back_must_add_up check (case kind
    when 'repurchase' then fee_yen = 0 and open_yen = from_reserve_yen + owed_yen
    else open_yen - from_reserve_yen - fee_yen = owed_yen - refund_yen end),
  constraint owed_or_owing check (owed_yen = 0 or refund_yen = 0)
);

-- 立替費用: what the company paid for the one who is liable: certified mail, court fees.
create table advanced_cost (
  id uuid primary key,
  seen_no integer not null unique default nextval('seen_no_seq'),
  cost_no text not null unique default 'CT-' || to_char(nextval('advanced_cost_no_seq'), 'FM999999000000'),
  receivable_id uuid not null references receivable (id),
  cost_kind text not null check (cost_kind in ('certified_mail', 'court_fee', 'registration', 'lawyer', 'other')),
  liable text not null check (liable in ('client', 'debtor')),
  payee text not null check (length(payee) between 1 and 100),
  paid_on date not null,
  amount_yen bigint not null check (amount_yen > 0),
  journal_id uuid not null unique references journal (id),
  reason text not null check (length(reason) >= 5),
  requested_by uuid not null,
  approved_by uuid,
  recorded_at timestamptz not null,
  constraint cost_needs_two check (approved_by is not null and approved_by <> requested_by)
);
create index advanced_cost_receivable on advanced_cost (receivable_id);

-- Costs a debtor owes are given up apart from those of the client.
alter table waiver drop constraint waiver_item_check;
alter table waiver add constraint waiver_item_check
  check (item in ('fee', 'late_damages', 'penalty', 'cost', 'debtor_cost', 'client_claim'));

-- 差引: our side of a set-off may be the net payout of a purchase that was not paid yet.
alter table set_off_item add column purchase_id uuid references purchase (id);
alter table set_off_item drop constraint set_off_item_check1;
alter table set_off_item add constraint theirs_names_what_we_owe check ((side = 'theirs') = (num_nonnulls(due_id, purchase_id) = 1)
  and num_nonnulls(due_id, purchase_id) <= 1);
create index set_off_item_purchase on set_off_item (purchase_id) where purchase_id is not null;

select guard_with_audit('claim_take_back'), guard_with_audit('advanced_cost');
revoke update, delete on claim_take_back, advanced_cost from daicho_app;
