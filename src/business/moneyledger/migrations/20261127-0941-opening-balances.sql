-- 移行時開始残高: balances taken over from another system at the cut-over day.
alter table ledger_entry
  drop constraint ledger_entry_kind_check,
  add constraint ledger_entry_kind_check check (kind in ('advance', 'fee', 'charge', 'consumption_tax', 'reserve', 'reserve_release',
    'collection', 'client_claim', 'late_damages', 'penalty', 'refund', 'set_off', 'repurchase', 'write_off', 'recovery', 'waiver',
    'guarantee_fee', 'guarantee_paid', 'loan_principal', 'loan_interest', 'opening', 'reversal'));
