-- 支払: money out, always by two people, in bank files (data dictionary, group 9, payout; FF §3, payment_out).
create sequence payout_no_seq;
create sequence payout_batch_no_seq;

create table payout_batch (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  batch_no text not null unique default 'F-' || to_char(nextval('payout_batch_no_seq'), 'FM999999000000'),
  from_account_id uuid not null references bank_account (id),
  transfer_on date not null,
  item_count integer not null check (item_count > 0),
  total_yen bigint not null check (total_yen > 0),
  -- The 総合振込 file as written, encrypted, with its hash: what the bank got is never made anew.
  file_sealed bytea not null,
  file_hash text not null unique,
  created_by uuid not null,
  created_at timestamptz not null,
  sent_by uuid,
  sent_at timestamptz
);
create index payout_batch_listed on payout_batch (id desc);

create table payment_out (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  payout_no text not null unique default 'P-' || to_char(nextval('payout_no_seq'), 'FM999999000000'),
  party_id uuid not null references party (id),
  purpose text not null check (purpose in ('advance', 'reserve_release', 'refund', 'guarantee_paid', 'loan_principal')),
  purchase_id uuid references purchase (id),
  receivable_id uuid references receivable (id),
  contract_id uuid references contract (id),
  amount_yen bigint not null check (amount_yen > 0),
  account_id uuid not null references bank_account (id),
  transfer_on date not null,
  state text not null check (state in ('prepared', 'checked', 'returned', 'approved', 'batched', 'sent', 'confirmed', 'failed',
    'unknown', 'bounced', 'cancelled')),
  prepared_by uuid not null,
  prepared_at timestamptz not null,
  checked_by uuid,
  approved_by uuid,
  approved_at timestamptz,
  -- Who approved the claims that are paid for; none of them may approve the payment.
  deal_approvers uuid[] not null,
  duplicates_checked_at timestamptz,
  batch_id uuid references payout_batch (id),
  confirmed_on date,
  transfer_fee_yen bigint check (transfer_fee_yen >= 0),
  journal_id uuid references journal (id),
  outcome_reason text,
  check ((purpose = 'advance') = (purchase_id is not null)),
  constraint payout_takes_two check (approved_by is null or (approved_by <> prepared_by and checked_by is not null)),
  constraint deal_approver_must_not_pay_out check (approved_by is null or not approved_by = any(deal_approvers)),
  constraint sent_money_was_approved check (state not in ('approved', 'batched', 'sent', 'confirmed', 'unknown', 'bounced')
    or (approved_by is not null and approved_at is not null)),
  constraint confirmed_money_is_booked check (state <> 'confirmed' or (journal_id is not null and confirmed_on is not null))
);
-- A purchase is paid once.
create unique index payment_out_once on payment_out (purchase_id) where purchase_id is not null and state <> 'cancelled';
create index payment_out_listed on payment_out (id desc);
create index payment_out_state on payment_out (state, id desc);
create index payment_out_party on payment_out (party_id, id desc);
create index payment_out_batch on payment_out (batch_id) where batch_id is not null;

select guard_with_audit('payout_batch'), guard_with_audit('payment_out');
revoke delete on payout_batch, payment_out from daicho_app;
