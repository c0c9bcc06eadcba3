-- 口座台帳: bank accounts, ours and theirs, dated and verified (data dictionary, group 6).
create table bank_account (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  -- Null: the own company's account.
  party_id uuid references party (id),
  usage text not null check (usage in ('payout', 'remit_from', 'collection', 'virtual', 'fee')),
  bank_code text not null check (bank_code ~ '^[0-9]{4}$'),
  bank_name text not null,
  branch_code text not null check (branch_code ~ '^[0-9]{3}$'),
  branch_name text not null,
  account_type text not null check (account_type in ('1', '2', '4', '9')),
  -- Seven digits, encrypted; the last three stand apart for lists, the keyed hash finds the same account elsewhere.
  account_no_sealed text not null,
  account_no_last text not null check (account_no_last ~ '^[0-9]{3}$'),
  account_hash text not null,
  yucho_symbol text check (yucho_symbol ~ '^[0-9]{5}$'),
  yucho_number text,
  holder_kana text not null check (length(holder_kana) <= 40),
  holder_name text not null check (length(holder_name) <= 150),
  holder_match text not null check (holder_match in ('equal', 'equal_normalised', 'different', 'unknown')),
  verification text check (verification in ('document', 'small_deposit_test', 'bank_api')),
  verification_result text not null default 'pending' check (verification_result in ('pending', 'confirmed', 'failed', 'returned')),
  verified_on date,
  verified_by uuid,
  verification_approved_by uuid,
  -- Set when an account replaces another: no payout before it.
  cooling_until timestamptz,
  blocked_at timestamptz,
  block_reason text,
  valid_from date not null,
  valid_to date,
  replaces uuid references bank_account (id),
  registered_by uuid not null,
  recorded_at timestamptz not null,
  constraint verification_needs_two check (
    verification_result <> 'confirmed' or (verified_on is not null and verification is not null
      and verified_by is distinct from verification_approved_by and verification_approved_by is not null))
);
create index bank_account_party on bank_account (party_id) where valid_to is null;
create index bank_account_hash on bank_account (account_hash);
create unique index bank_account_once on bank_account (coalesce(party_id, '00000000-0000-0000-0000-000000000000'), usage, account_hash)
  where valid_to is null;
-- A client is paid to one account at a time.
create unique index bank_account_one_payout on bank_account (party_id) where valid_to is null and usage = 'payout' and party_id is not null;

-- 小額入金テスト: a small sum is sent, the holder says how much.
create table deposit_test (
  id uuid primary key,
  account_id uuid not null references bank_account (id),
  sent_yen bigint not null check (sent_yen between 1 and 1000),
  sent_on date not null,
  sent_by uuid not null,
  answered_yen bigint,
  answered_on date,
  answered_by uuid
);
create index deposit_test_account on deposit_test (account_id);

select guard_with_audit('bank_account'), guard_with_audit('deposit_test');
revoke delete on bank_account, deposit_test from daicho_app;
