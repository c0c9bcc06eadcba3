-- The call to a known number after a payout account was changed, and the release of virtual accounts (data dictionary, group 6; JR §8).
alter table bank_account
  -- Asked of accounts that replace a payout account from now on; those in use before keep what two people decided.
  add column callback_required boolean not null default false,
  -- A virtual account given back by the company it was set up for; then its number rests.
  add column released_on date;
create index bank_account_virtual on bank_account (recorded_at desc, id) where usage = 'virtual';

create table account_callback (
  id uuid primary key,
  account_id uuid not null references bank_account (id),
  called_at timestamptz not null,
  called_by uuid not null,
  -- Who was called, at which of the numbers that were registered before the account.
  person_id uuid references person (id),
  number_of text not null check (number_of in ('company', 'phone', 'mobile')),
  number_sealed text not null,
  number_last text not null check (length(number_last) <= 4),
  result text not null check (result in ('confirmed', 'denied', 'not_reached')),
  note text,
  recorded_at timestamptz not null,
  constraint a_person_is_called_at_their_number check (number_of = 'company' or person_id is not null)
);
create index account_callback_account on account_callback (account_id);
select guard_with_audit('account_callback');
revoke update, delete on account_callback from daicho_app;
