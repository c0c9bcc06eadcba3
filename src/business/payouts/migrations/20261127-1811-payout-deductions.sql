-- 差引: what of a purchase's net payout was taken by set-off against what the client owes us. N itself never changes (FF §4.2); only
-- what is left of it is paid out.
create table payout_deduction (
  id uuid primary key references purchase (id),
  row_version integer not null default 1,
  net_yen bigint not null check (net_yen > 0),
  deducted_yen bigint not null,
  constraint deduction_must_fit_the_payout check (deducted_yen between 0 and net_yen)
);
select guard_with_audit('payout_deduction');
revoke delete on payout_deduction from daicho_app;

-- A rescission can leave the client owed: more was collected on the claim than was paid for it.
alter table payout_due
  drop constraint payout_due_source_check,
  add constraint payout_due_source_check check (source in ('reserve', 'excess', 'unidentified', 'client_share', 'fee_waived', 'rescission')),
  add constraint rescission_names_its_claim check (source <> 'rescission' or receivable_id is not null);
