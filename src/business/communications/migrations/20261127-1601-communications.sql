-- 接触履歴 (data dictionary, groups 10 and 15): every mail, letter, call, visit and message, one row each and never edited in place.
create sequence communication_no_seq;

create table communication (
  id uuid primary key,
  seen_no integer not null unique default nextval('seen_no_seq'),
  communication_no text not null default 'CM-' || to_char(nextval('communication_no_seq'), 'FM999999000000'),
  -- A correction is a further version of the same communication; the earlier ones stay readable.
  root_id uuid not null references communication (id),
  version_no integer not null check (version_no > 0),
  superseded_at timestamptz,
  correction_reason text check (length(correction_reason) >= 5),
  party_id uuid not null references party (id),
  person_id uuid references person (id),
  channel text not null check (channel in ('phone', 'email', 'visit', 'web', 'chat', 'sms', 'post', 'fax', 'other')),
  direction text not null check (direction in ('in', 'out')),
  occurred_at timestamptz not null,
  -- False where only the day is known, as in ledgers taken over.
  time_known boolean not null default true,
  duration_s integer check (duration_s between 0 and 86400),
  -- Whether somebody was reached; null where it means nothing.
  reached boolean,
  category text not null check (category in ('new_deal', 'existing_deal', 'payment', 'document', 'complaint', 'consultation', 'other')),
  sub_category text check (length(sub_category) between 1 and 100),
  priority text not null default 'normal' check (priority in ('low', 'normal', 'high')),
  -- Encrypted under the party's key, the subject too: people write names into it.
  subject_sealed text,
  summary_sealed text not null,
  body_sealed text,
  agreed_sealed text,
  disclosure_scope text not null default 'all' check (disclosure_scope in ('all', 'compliance_only')),
  policy_check text not null check (policy_check in ('allowed', 'blocked', 'not_checked')),
  policy_rules text[] not null default '{}',
  -- Who was in charge; a person of an old system who has no account here stands by name.
  handled_by uuid,
  handler_name text check (length(handler_name) between 1 and 100),
  source text not null check (source in ('staff', 'import')),
  -- Keyed hash of an imported row, by which the same row is known again.
  content_hash text,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  unique (root_id, version_no),
  check ((handled_by is null) <> (handler_name is null)),
  check ((version_no = 1) = (correction_reason is null)),
  check ((version_no = 1) = (root_id = id)),
  check ((policy_check = 'blocked') = (cardinality(policy_rules) > 0)),
  check ((source = 'import') = (content_hash is not null) or version_no > 1)
);
create index communication_now on communication (occurred_at desc, id desc) where superseded_at is null;
create index communication_party on communication (party_id, occurred_at desc, id desc) where superseded_at is null;
create index communication_person on communication (person_id, occurred_at desc, id desc) where superseded_at is null and person_id is not null;
create index communication_handler on communication (handled_by, occurred_at desc, id desc) where superseded_at is null;
create index communication_blocked on communication (recorded_at) where policy_check = 'blocked' and superseded_at is null;
create unique index communication_once on communication (party_id, content_hash) where content_hash is not null and version_no = 1;

-- What a communication is about beside the party: claims, contracts, alerts, collection cases, inquiries. By the first version's id.
create table communication_link (
  communication_id uuid not null references communication (id),
  record_kind text not null,
  record_id uuid not null,
  primary key (communication_id, record_kind, record_id)
);
create index communication_link_record on communication_link (record_id);

-- A contact somebody means to make; one that a rule forbids is refused before it stands here.
create table contact_plan (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  party_id uuid not null references party (id),
  person_id uuid references person (id),
  channel text not null check (channel in ('phone', 'email', 'visit', 'web', 'chat', 'sms', 'post', 'fax', 'other')),
  planned_at timestamptz not null,
  purpose_sealed text not null,
  owner_id uuid not null,
  state text not null default 'planned' check (state in ('planned', 'done', 'cancelled')),
  communication_id uuid references communication (id),
  ended_reason text,
  planned_by uuid not null,
  recorded_at timestamptz not null,
  check ((state = 'done') = (communication_id is not null))
);
create index contact_plan_party on contact_plan (party_id, planned_at) where state = 'planned';
create index contact_plan_owner on contact_plan (owner_id, planned_at) where state = 'planned';

-- 支払約束: what was promised by when, to whom it was said in a call or in a collection case; one table for both.
create table payment_promise (
  id uuid primary key,
  row_version integer not null default 1,
  party_id uuid not null references party (id),
  receivable_id uuid references receivable (id),
  case_id uuid references collection_case (id),
  communication_id uuid references communication (id),
  promised_on date not null,
  due_on date not null,
  amount_yen bigint not null check (amount_yen > 0),
  -- About a claim it follows from money in; without one somebody says it.
  outcome text check (outcome in ('kept', 'broken')),
  judged_on date,
  judged_by uuid,
  recorded_by uuid not null,
  check (due_on >= promised_on),
  check ((outcome is null) = (judged_on is null)),
  check (case_id is null or receivable_id is not null)
);
create unique index claim_has_one_open_promise on payment_promise (receivable_id) where outcome is null and receivable_id is not null;
create index payment_promise_party on payment_promise (party_id, due_on desc);
create index payment_promise_case on payment_promise (case_id) where case_id is not null;
create index payment_promise_communication on payment_promise (communication_id) where communication_id is not null;
create index payment_promise_open on payment_promise (due_on) where outcome is null;

-- From when on the debtor of a two-party deal may be contacted about a claim, beside what notices of assignment say themselves.
create table contact_trigger (
  receivable_id uuid primary key references receivable (id),
  triggered_on date not null,
  recorded_by uuid not null
);

-- What the collection of claims recorded until now stands here from now on; the sealed words move as they are.
insert into communication (id, root_id, version_no, party_id, channel, direction, occurred_at, reached, category, summary_sealed,
    policy_check, handled_by, source, recorded_by, recorded_at)
  select k.id, k.id, 1, r.client_id, k.channel, k.direction, k.contacted_at, k.reached, 'payment', k.note_sealed,
    'allowed', k.contacted_by, 'staff', k.contacted_by, k.recorded_at
  from collection_contact k join collection_case c on c.id = k.case_id join receivable r on r.id = c.receivable_id;
insert into communication_link (communication_id, record_kind, record_id)
  select id, 'collection_case', case_id from collection_contact
  union all
  select k.id, 'receivable', c.receivable_id from collection_contact k join collection_case c on c.id = k.case_id;
-- A promise left open by a case that has ended is judged by how the case ended: one claim has one open promise.
insert into payment_promise (id, party_id, receivable_id, case_id, promised_on, due_on, amount_yen, outcome, judged_on, recorded_by)
  select p.id, r.client_id, r.id, c.id, p.promised_on, p.due_on, p.amount_yen,
    coalesce(p.outcome, case when c.ended_on is null then null when c.state = 'resolved' then 'kept' else 'broken' end),
    coalesce(p.judged_on, c.ended_on), p.recorded_by
  from collection_promise p join collection_case c on c.id = p.case_id join receivable r on r.id = c.receivable_id;
insert into contact_trigger (receivable_id, triggered_on, recorded_by)
  select distinct on (receivable_id) receivable_id, current_date, coalesce(owner_id, '00000000-0000-7000-8000-000000000004')
  from collection_case where state = 'debtor_notice' order by receivable_id, opened_on desc;
drop table collection_contact;
drop table collection_promise;

select guard_with_audit('communication'), guard_with_audit('communication_link'), guard_with_audit('contact_plan'),
  guard_with_audit('payment_promise'), guard_with_audit('contact_trigger');
revoke update, delete on communication, communication_link, contact_trigger from daicho_app;
grant update (superseded_at) on communication to daicho_app;
revoke delete on contact_plan, payment_promise from daicho_app;
select may_be_taken_out('communication', 'id'), may_be_taken_out('communication_link', 'communication_id');
