-- 入金: statement files, their lines, and the deposits made of them (data dictionary, group 9).
create sequence statement_file_no_seq;
create sequence payment_in_no_seq;

create table statement_file (
  id uuid primary key,
  seen_no integer not null unique default nextval('seen_no_seq'),
  file_no text not null unique default 'S-' || to_char(nextval('statement_file_no_seq'), 'FM999999000000'),
  file_name text not null check (length(file_name) between 1 and 255),
  format text not null check (format in ('zengin_03', 'zengin_01', 'bank_csv')),
  -- The file as the bank gave it, encrypted; its keyed hash finds a second upload of the same bytes.
  sealed_bytes bytea not null,
  content_hash text not null unique,
  size_bytes integer not null check (size_bytes > 0),
  from_on date not null,
  to_on date not null,
  lines_total integer not null check (lines_total >= 0),
  lines_new integer not null check (lines_new >= 0),
  lines_known integer not null check (lines_known >= 0),
  deposits_new integer not null,
  deposits_yen bigint not null,
  twins integer not null,
  notices jsonb not null,
  imported_by uuid not null,
  imported_at timestamptz not null,
  constraint every_line_is_new_or_known check (lines_new + lines_known = lines_total)
);
create index statement_file_listed on statement_file (id desc);

create table bank_line (
  id uuid primary key,
  seen_no integer not null unique default nextval('seen_no_seq'),
  file_id uuid not null references statement_file (id),
  account_id uuid not null references bank_account (id),
  line_no integer not null,
  booked_on date not null,
  value_on date,
  direction text not null check (direction in ('in', 'out')),
  amount_yen bigint not null check (amount_yen > 0),
  payer_kana text not null,
  payer_bank text not null,
  payer_branch text not null,
  edi text not null,
  bank_summary text not null,
  inquiry_no text not null,
  kind text,
  uncleared_yen bigint not null default 0,
  balance_yen bigint,
  cancel_flag boolean not null,
  cancels_line_id uuid references bank_line (id),
  -- Account, 勘定日, direction, amount, payer, occurrence: a line is kept once, whatever file it comes in.
  dedupe_hash text not null constraint bank_line_kept_once unique,
  -- The same without payer and occurrence: some banks cut names, so a person looks.
  loose_hash text not null,
  twin_of uuid references bank_line (id)
);
create index bank_line_file on bank_line (file_id, line_no);
create index bank_line_loose on bank_line (loose_hash);

create table payment_in (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  payment_no text not null unique default 'R-' || to_char(nextval('payment_in_no_seq'), 'FM999990000000'),
  line_id uuid not null constraint bank_line_is_booked_once unique references bank_line (id),
  account_id uuid not null references bank_account (id),
  received_on date not null,
  amount_yen bigint not null check (amount_yen > 0),
  state text not null check (state in ('received', 'duplicate', 'matching', 'auto_applied', 'proposed', 'unidentified', 'applied',
    'partially_applied', 'held', 'refund_pending', 'refunded', 'reversed', 'voided', 'closed')),
  applied_yen bigint not null default 0 check (applied_yen >= 0),
  refund_yen bigint not null default 0 check (refund_yen >= 0),
  -- Whose money it is, once somebody or a match said so.
  party_id uuid references party (id),
  held_reason text check (state <> 'held' or length(held_reason) >= 5),
  refund_to uuid references bank_account (id),
  journal_id uuid references journal (id),
  refund_journal_id uuid references journal (id),
  -- The bank took the line back; nothing more may be applied from it.
  taken_back_by uuid references bank_line (id),
  judged_by uuid,
  received_at timestamptz not null,
  check (applied_yen + refund_yen <= amount_yen),
  -- Until a person has told a twin from its twin, no yen is booked.
  check ((journal_id is null) = (state in ('received', 'duplicate')))
);
create index payment_in_listed on payment_in (id desc);
create index payment_in_state on payment_in (state, id desc);
create index payment_in_party on payment_in (party_id, id desc) where party_id is not null;

select guard_with_audit('statement_file'), guard_with_audit('bank_line'), guard_with_audit('payment_in');
revoke update, delete on statement_file from daicho_app;
revoke update, delete on bank_line from daicho_app;
revoke delete on payment_in from daicho_app;
