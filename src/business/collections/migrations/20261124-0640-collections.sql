-- 回収: cases of overdue claims, contacts, promises, disputes (data dictionary, groups 9 and 10).
create sequence collection_case_no_seq;

create table collection_case (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  case_no text not null unique default 'D-' || to_char(nextval('collection_case_no_seq'), 'FM999999000000'),
  receivable_id uuid not null references receivable (id),
  state text not null check (state in ('opened', 'reminding', 'contacted', 'promised', 'kept', 'broken', 'disputed', 'formal_notice',
    'debtor_notice', 'counsel', 'settlement_plan', 'legal_action', 'judgment', 'enforcement', 'written_off', 'resolved', 'closed')),
  opened_on date not null,
  owner_id uuid,
  next_action_on date not null,
  next_action text not null default '' check (length(next_action) <= 200),
  -- A dispute pauses dunning of its part only.
  disputed_yen bigint check (disputed_yen > 0),
  dispute_reason text check ((dispute_reason is null) = (disputed_yen is null)),
  ended_on date,
  check ((ended_on is null) = (state not in ('resolved', 'closed', 'written_off')))
);
create unique index claim_has_one_open_case on collection_case (receivable_id) where ended_on is null;
create index collection_case_due on collection_case (next_action_on, id) where ended_on is null;

-- Every contact is logged, also the one that reached nobody.
create table collection_contact (
  id uuid primary key,
  case_id uuid not null references collection_case (id),
  channel text not null check (channel in ('phone', 'email', 'post', 'visit', 'sms', 'other')),
  direction text not null check (direction in ('in', 'out')),
  contacted_at timestamptz not null,
  reached boolean not null,
  -- What was said, encrypted under the client's key.
  note_sealed text not null,
  contacted_by uuid not null,
  recorded_at timestamptz not null
);
create index collection_contact_case on collection_contact (case_id, contacted_at desc);

create table collection_promise (
  id uuid primary key,
  case_id uuid not null references collection_case (id),
  promised_on date not null,
  due_on date not null,
  amount_yen bigint not null check (amount_yen > 0),
  -- Collected on the claim when it was given: what comes after counts towards it.
  collected_before_yen bigint not null,
  outcome text check (outcome in ('kept', 'broken')),
  judged_on date,
  recorded_by uuid not null,
  check (due_on >= promised_on),
  check ((outcome is null) = (judged_on is null))
);
create unique index case_has_one_open_promise on collection_promise (case_id) where outcome is null;

select guard_with_audit('collection_case'), guard_with_audit('collection_contact'), guard_with_audit('collection_promise');
revoke delete on collection_case, collection_promise from daicho_app;
revoke update, delete on collection_contact from daicho_app;
