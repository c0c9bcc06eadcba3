-- 利用者の債務: penalties, waivers and set-offs (data dictionary, group 9; FF §4.5), each by two people, each under one journal.
create sequence penalty_no_seq;
create sequence waiver_no_seq;
create sequence set_off_no_seq;

-- A deposit of the client may pay its own claim: what a dilution or a taken-back repayment left it owing.
alter table allocation drop constraint allocation_kind_check;
alter table allocation add constraint allocation_kind_check check (kind in ('principal', 'late_damages', 'penalty', 'cost', 'fee', 'reserve',
  'client_claim', 'client_share', 'recovery', 'excess'));

-- 違約金: each time an agreed trigger happens, the agreed amount.
create table penalty (
  id uuid primary key,
  seen_no integer not null unique default nextval('seen_no_seq'),
  penalty_no text not null unique default 'PEN-' || to_char(nextval('penalty_no_seq'), 'FM999999000000'),
  receivable_id uuid not null references receivable (id),
  trigger text not null check (trigger in ('false_statement', 'double_assignment', 'collections_withheld', 'early_termination', 'other')),
  clause text not null check (length(clause) between 1 and 100),
  happened_on date not null,
  amount_yen bigint not null check (amount_yen > 0),
  journal_id uuid not null unique references journal (id),
  reason text not null check (length(reason) >= 5),
  requested_by uuid not null,
  approved_by uuid,
  recorded_at timestamptz not null,
  constraint penalty_needs_two check (approved_by is not null and approved_by <> requested_by),
  constraint penalty_stands_once unique (receivable_id, trigger, happened_on)
);

-- 免除: what the company gives up.
create table waiver (
  id uuid primary key,
  seen_no integer not null unique default nextval('seen_no_seq'),
  waiver_no text not null unique default 'WV-' || to_char(nextval('waiver_no_seq'), 'FM999999000000'),
  receivable_id uuid not null references receivable (id),
  item text not null check (item in ('fee', 'late_damages', 'penalty', 'cost', 'client_claim')),
  amount_yen bigint not null check (amount_yen > 0),
  waived_on date not null,
  journal_id uuid not null unique references journal (id),
  reason text not null check (length(reason) >= 5),
  requested_by uuid not null,
  approved_by uuid,
  recorded_at timestamptz not null,
  constraint waiver_needs_two check (approved_by is not null and approved_by <> requested_by)
);
create index waiver_receivable on waiver (receivable_id);

-- 相殺: what we owe a party against what it owes us, equal in yen; taken back by reversal.
create table set_off (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  set_off_no text not null unique default 'SO-' || to_char(nextval('set_off_no_seq'), 'FM999999000000'),
  party_id uuid not null references party (id),
  amount_yen bigint not null check (amount_yen > 0),
  set_off_on date not null,
  notice_on date not null,
  basis text not null check (length(basis) between 5 and 500),
  journal_id uuid not null unique references journal (id),
  reason text not null check (length(reason) >= 5),
  requested_by uuid not null,
  approved_by uuid,
  recorded_at timestamptz not null,
  undone_by uuid,
  undone_at timestamptz,
  undo_reason text,
  constraint set_off_needs_two check (approved_by is not null and approved_by <> requested_by),
  constraint undoing_a_set_off_needs_a_reason check ((undone_at is null) = (undone_by is null)
    and (undone_at is null or length(undo_reason) >= 5))
);
create index set_off_party on set_off (party_id, id desc);

create table set_off_item (
  set_off_id uuid not null references set_off (id),
  line_no integer not null check (line_no >= 1),
  side text not null check (side in ('ours', 'theirs')),
  receivable_id uuid references receivable (id),
  item text check (item in ('principal', 'client_claim', 'late_damages', 'penalty', 'cost')),
  due_id uuid references payout_due (id),
  yen bigint not null check (yen > 0),
  primary key (set_off_id, line_no),
  check ((side = 'ours') = (receivable_id is not null and item is not null)),
  check ((side = 'theirs') = (due_id is not null))
);
create index set_off_item_receivable on set_off_item (receivable_id) where receivable_id is not null;
create index set_off_item_due on set_off_item (due_id) where due_id is not null;

create function require_equal_set_off() returns trigger language plpgsql as $$
declare
  ours bigint;
  theirs bigint;
begin
  select coalesce(sum(yen) filter (where side = 'ours'), 0), coalesce(sum(yen) filter (where side = 'theirs'), 0)
    into ours, theirs from set_off_item where set_off_id = new.id;
  if ours <> new.amount_yen or theirs <> new.amount_yen then
    raise exception 'set-off % takes % against % of % yen', new.set_off_no, ours, theirs, new.amount_yen
      using errcode = 'integrity_constraint_violation', constraint = 'set_off_must_be_equal';
  end if;
  return null;
end $$;
create constraint trigger set_off_must_be_equal after insert on set_off
  deferrable initially deferred for each row execute function require_equal_set_off();

-- Nightly: what is at risk, what the journal says and what the claims say are the same.
create table book_proof (
  id uuid primary key,
  seen_no integer not null unique default nextval('seen_no_seq'),
  proved_at timestamptz not null,
  proved_by uuid not null,
  claims_checked integer not null,
  difference_count integer not null check (difference_count >= 0),
  -- The first of them, each with its rule, record, and both amounts.
  differences jsonb not null
);

select guard_with_audit('penalty'), guard_with_audit('waiver'), guard_with_audit('set_off'), guard_with_audit('set_off_item'),
  guard_with_audit('book_proof');
revoke update, delete on penalty, waiver, set_off_item, book_proof from daicho_app;
revoke delete on set_off from daicho_app;
