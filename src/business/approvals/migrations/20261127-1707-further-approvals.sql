-- Further approvals (運用規程): from an amount on, one more person of a named role decides after the second. Nothing here takes the second away.
create table further_approval (
  permission text not null,
  role text not null,
  -- Yen; null: whatever the request is about.
  from_yen bigint check (from_yen >= 0),
  position integer not null,
  primary key (permission, role)
);
select guard_with_audit('further_approval');

-- Who has approved before the last approver, and for which role.
create table change_request_approval (
  request_id uuid not null references change_request (id),
  -- Counts up when the maker asks anew: what was approved of an older state is void.
  round integer not null,
  step integer not null check (step >= 1),
  staff_id uuid not null,
  role text,
  comment text,
  approved_at timestamptz not null,
  primary key (request_id, round, step),
  constraint approved_once_a_person unique (request_id, round, staff_id)
);
select guard_with_audit('change_request_approval');
revoke update, delete on change_request_approval from daicho_app;

alter table change_request
  add column amount_yen bigint,
  add column approval_round integer not null default 1,
  -- The role the next approver must hold; null: the permission is enough.
  add column approve_role text;
