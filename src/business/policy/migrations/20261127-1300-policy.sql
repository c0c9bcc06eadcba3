-- 運用規程: what the company has decided for its work with the ledger, in versions, each in force once four heads have confirmed it.
create table policy_version (
  id uuid primary key,
  row_version integer not null default 1,
  version_no integer not null unique check (version_no >= 1),
  -- Set by the company: targets by KPI code, years by retention code.
  targets jsonb not null,
  retention jsonb not null,
  -- What the program held to on the day of the draft: required items by stage, and who may approve what.
  required_items jsonb not null,
  approvals jsonb not null,
  note text not null check (length(note) between 5 and 2000),
  state text not null check (state in ('draft', 'in_force', 'superseded', 'withdrawn')),
  drafted_by uuid not null,
  drafted_at timestamptz not null,
  in_force_from timestamptz,
  check ((state in ('in_force', 'superseded')) = (in_force_from is not null))
);
create unique index policy_one_in_force on policy_version ((true)) where state = 'in_force';
create unique index policy_one_draft on policy_version ((true)) where state = 'draft';
select guard_with_audit('policy_version');
revoke delete on policy_version from daicho_app;

create table policy_confirmation (
  version_id uuid not null references policy_version (id),
  department text not null check (department in ('credit', 'legal', 'collection', 'sales')),
  staff_id uuid not null,
  confirmed_on date not null,
  confirmed_at timestamptz not null,
  primary key (version_id, department),
  -- Four heads are four people.
  constraint policy_confirmed_once_a_person unique (version_id, staff_id)
);
select guard_with_audit('policy_confirmation');
revoke update, delete on policy_confirmation from daicho_app;
