-- 元帳: double entry under every money event (data dictionary, group 15). Append-only; a mistake is corrected by a reversal.
create sequence journal_no_seq;

create table journal (
  id uuid primary key,
  seen_no integer not null unique default nextval('seen_no_seq'),
  journal_no text not null unique default 'J-' || to_char(nextval('journal_no_seq'), 'FM999900000000'),
  -- What happened: claims_purchased, payout_confirmed, deposit_applied …
  event_kind text not null,
  value_on date not null,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  -- Said once, at the journal: so no line can be added to a journal that is already written.
  entry_count integer not null check (entry_count >= 2),
  reversal_of uuid unique references journal (id),
  reason text check (reversal_of is null or length(reason) >= 5),
  unique (id, entry_count)
);
create index journal_listed on journal (value_on desc, id desc);

create table ledger_entry (
  journal_id uuid not null,
  line_no integer not null check (line_no between 1 and entry_count),
  entry_count integer not null,
  value_on date not null,
  recorded_at timestamptz not null,
  kind text not null check (kind in ('advance', 'fee', 'charge', 'consumption_tax', 'reserve', 'reserve_release', 'collection',
    'client_claim', 'late_damages', 'penalty', 'refund', 'set_off', 'repurchase', 'write_off', 'recovery', 'waiver', 'guarantee_fee',
    'guarantee_paid', 'loan_principal', 'loan_interest', 'reversal')),
  reversed_kind text check ((reversed_kind is not null) = (kind = 'reversal')),
  side text not null check (side in ('debit', 'credit')),
  amount_yen bigint not null check (amount_yen > 0),
  account_code text not null check (account_code ~ '^[0-9]{4}$'),
  tax_category text check (tax_category in ('non_taxable', 'taxable_10', 'outside')),
  receivable_id uuid,
  party_id uuid,
  contract_id uuid,
  primary key (journal_id, line_no),
  foreign key (journal_id, entry_count) references journal (id, entry_count)
);
create index ledger_entry_receivable on ledger_entry (receivable_id) where receivable_id is not null;
create index ledger_entry_party on ledger_entry (party_id) where party_id is not null;
create index ledger_entry_value on ledger_entry (value_on, account_code);

-- A journal commits only with all its lines, and balanced.
create function require_balanced_journal() returns trigger language plpgsql as $$
declare
  lines integer;
  difference bigint;
begin
  select count(*), coalesce(sum(case side when 'debit' then amount_yen else -amount_yen end), 0)
    into lines, difference from ledger_entry where journal_id = new.id;
  if lines <> new.entry_count or difference <> 0 then
    raise exception 'journal % has % of % lines and differs by % yen', new.journal_no, lines, new.entry_count, difference
      using errcode = 'integrity_constraint_violation', constraint = 'journal_must_balance';
  end if;
  return null;
end $$;
create constraint trigger journal_must_balance after insert on journal
  deferrable initially deferred for each row execute function require_balanced_journal();

select guard_with_audit('journal'), guard_with_audit('ledger_entry');
revoke update, delete on journal, ledger_entry from daicho_app;
