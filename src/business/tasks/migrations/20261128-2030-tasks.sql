-- タスク (data dictionary, group 13): work with an owner and a day, opened by hand or by what a change in force touches.
create sequence task_no_seq;

create table task (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  task_no text not null unique default 'TSK-' || to_char(nextval('task_no_seq'), 'FM999999000000'),
  kind text not null check (kind in
    ('kyc', 'screening', 'credit', 'contract', 'bank', 'invoice_check', 'contact', 'document', 'other')),
  origin text not null check (origin in ('hand', 'alert', 'change_request', 'checklist', 'promise', 'incident')),
  origin_id uuid,
  party_id uuid references party (id),
  title text not null check (length(title) between 1 and 200),
  note text check (length(note) between 1 and 2000),
  -- A person, or any one who holds the role.
  owner_staff_id uuid references staff_member (id),
  owner_role text,
  owner_key text not null generated always as (coalesce(owner_staff_id::text, owner_role)) stored,
  due_on date not null,
  state text not null check (state in ('open', 'done', 'cancelled')),
  outcome text check (length(outcome) between 5 and 1000),
  done_by uuid,
  done_at timestamptz,
  handed_over_from uuid,
  handed_over_at timestamptz,
  opened_by uuid not null,
  opened_at timestamptz not null,
  check ((origin = 'hand') = (origin_id is null)),
  check ((state = 'open') = (done_at is null) and (state = 'open') = (done_by is null) and (state = 'open') = (outcome is null)),
  check ((handed_over_from is null) = (handed_over_at is null))
);
-- My work by deadline, everybody's, and a company's: each by index, whatever lies behind.
create index task_open_by_owner on task (owner_key, due_on, id) where state = 'open';
create index task_open on task (due_on, id) where state = 'open';
create index task_listed on task (due_on, id);
create index task_of_party on task (party_id, due_on) where party_id is not null;
create index task_of_origin on task (origin_id) where origin_id is not null;

-- What became of each item a change in force touches: a task, another slice's own review, or nothing, by which rule.
create table change_impact (
  change_request_id uuid not null references change_request (id),
  impact text not null check (impact in ('kyc', 'screening', 'credit', 'contract', 'bank', 'invoice_check')),
  outcome text not null check (outcome in ('opened', 'linked', 'skipped')),
  rule_code text not null,
  sentence text not null,
  task_id uuid references task (id),
  linked_kind text,
  linked_id uuid,
  decided_at timestamptz not null,
  primary key (change_request_id, impact),
  check ((outcome = 'opened') = (task_id is not null)),
  check ((outcome = 'linked') = (linked_id is not null) and (linked_id is null) = (linked_kind is null))
);
create index change_impact_task on change_impact (task_id) where task_id is not null;

select guard_with_audit('task'), guard_with_audit('change_impact');
revoke delete on task, change_impact from daicho_app;
