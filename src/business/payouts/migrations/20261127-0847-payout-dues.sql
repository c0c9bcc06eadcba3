-- 返還・返金: what the company owes a party besides the price of a purchase: a released reserve, an excess, the client's share of a
-- collection. One row per decided debt; paid by one payment out, or taken against a claim by set-off (data dictionary, group 9).
create sequence payout_due_no_seq;

create table payout_due (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  due_no text not null unique default 'PD-' || to_char(nextval('payout_due_no_seq'), 'FM999999000000'),
  party_id uuid not null references party (id),
  source text not null check (source in ('reserve', 'excess', 'unidentified', 'client_share', 'fee_waived')),
  receivable_id uuid references receivable (id),
  contract_id uuid references contract (id),
  payment_in_id uuid references payment_in (id),
  -- The number people know the claim or deposit by.
  about_no text not null,
  amount_yen bigint not null check (amount_yen > 0),
  set_off_yen bigint not null default 0,
  -- Who approved the claim or the decision; none of them may approve the payment.
  deal_approvers uuid[] not null,
  decided_by uuid not null,
  approved_by uuid,
  decided_at timestamptz not null,
  -- The journal that moved the yen to 送金未払金; taking it back ends the debt.
  journal_id uuid not null references journal (id),
  cancelled_by uuid,
  cancelled_at timestamptz,
  cancelled_reason text,
  constraint set_off_must_fit_the_due check (set_off_yen between 0 and amount_yen),
  check ((source in ('excess', 'unidentified')) = (payment_in_id is not null)),
  check (source not in ('reserve', 'client_share') or receivable_id is not null),
  check ((cancelled_at is null) = (cancelled_by is null) and (cancelled_at is null or length(cancelled_reason) >= 5)),
  check (cancelled_at is null or set_off_yen = 0)
);
create index payout_due_listed on payout_due (id desc);
create index payout_due_party on payout_due (party_id, id desc);
create index payout_due_receivable on payout_due (receivable_id) where receivable_id is not null;
create unique index deposit_is_refunded_once on payout_due (payment_in_id) where payment_in_id is not null and cancelled_at is null;
create index payout_due_journal on payout_due (journal_id);

-- Debts decided before this table stood: released reserves and refunds; nothing of them could be paid out yet.
insert into payout_due (id, party_id, source, receivable_id, contract_id, about_no, amount_yen, deal_approvers, decided_by, decided_at,
    journal_id)
  select s.id, r.client_id, 'reserve', r.id, r.contract_id, r.receivable_no, s.release_yen,
    array_remove(array[r.approved_by], null), s.recorded_by, s.recorded_at, j.id
  from claim_settlement s join receivable r on r.id = s.receivable_id
  join match_journal m on m.settlement_id = s.id join journal j on j.id = m.journal_id and j.event_kind = 'reserve_released'
  where s.undone_at is null and s.release_yen > 0;
insert into payout_due (id, party_id, source, payment_in_id, about_no, amount_yen, deal_approvers, decided_by, decided_at, journal_id)
  select p.refund_journal_id, p.party_id, case when p.applied_yen > 0 then 'excess' else 'unidentified' end, p.id, p.payment_no,
    p.refund_yen, '{}', j.recorded_by, j.recorded_at, j.id
  from payment_in p join journal j on j.id = p.refund_journal_id where p.state = 'refund_pending';
do $$
begin
  if (select coalesce(sum(amount_yen), 0) from payout_due) <>
     (select coalesce(sum(release_yen), 0) from claim_settlement where undone_at is null) +
     (select coalesce(sum(refund_yen), 0) from payment_in where state = 'refund_pending') then
    raise exception 'released reserves and refunds must all become debts to pay';
  end if;
end $$;

-- How often it was asked for: the bank's file of a payment sent anew differs from the first one.
alter table payment_out add column attempt integer not null default 1 check (attempt >= 1);
alter table payment_out add column due_id uuid references payout_due (id);
alter table payment_out add column payment_in_id uuid references payment_in (id);
alter table payment_out add constraint repayment_has_its_due
  check ((purpose in ('reserve_release', 'refund')) = (due_id is not null));
-- A debt is paid once.
create unique index payment_out_due_once on payment_out (due_id) where due_id is not null and state <> 'cancelled';

select guard_with_audit('payout_due');
revoke delete on payout_due from daicho_app;
