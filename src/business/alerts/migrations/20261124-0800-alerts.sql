-- アラート: what a rule found in the records, with an owner and a deadline (data dictionary, group 13).
create sequence alert_no_seq;

create table alert (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  alert_no text not null unique default 'A-' || to_char(nextval('alert_no_seq'), 'FM999999000000'),
  kind text not null check (length(kind) between 1 and 40),
  severity text not null check (severity in ('info', 'warning', 'critical')),
  rule_code text not null,
  rule_version integer not null check (rule_version >= 1),
  -- The record the sentence is about, and the company whose page shows it; null where no company is meant.
  subject_kind text not null,
  subject_id uuid not null,
  party_id uuid references party (id),
  sentence text not null check (length(sentence) between 1 and 500),
  -- Same facts, same key: a rule speaks once until its facts have ended.
  dedupe_key text not null check (length(dedupe_key) between 1 and 200),
  raised_at timestamptz not null,
  -- Whoever took it; until then everybody with the role.
  owner_staff_id uuid,
  owner_role text not null,
  due_on date not null,
  state text not null check (state in ('open', 'acknowledged', 'snoozed', 'resolved')),
  acknowledged_by uuid,
  acknowledged_at timestamptz,
  snoozed_until date,
  snoozed_reason text,
  outcome text,
  resolved_by uuid,
  resolved_at timestamptz,
  facts_ended_at timestamptz,
  check (state <> 'snoozed' or (snoozed_until is not null and length(snoozed_reason) >= 5)),
  check (state <> 'resolved' or (resolved_at is not null and resolved_by is not null and length(outcome) >= 1)),
  check (facts_ended_at is null or state = 'resolved')
);
create unique index alert_once_while_facts_last on alert (dedupe_key) where facts_ended_at is null;
create index alert_waiting on alert (due_on, id) where state <> 'resolved';
create index alert_party on alert (party_id, id desc) where party_id is not null;

select guard_with_audit('alert');
revoke delete on alert from daicho_app;
