-- A critical command waits here, with everything a second person needs to judge it, and runs unchanged once approved.
create sequence change_request_no_seq;

create table change_request (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  change_no text not null unique default 'CR-' || to_char(nextval('change_request_no_seq'), 'FM999999000000'),
  object_kind text not null,
  object_id uuid not null,
  related_ids uuid[] not null default '{}',
  command text not null,
  contract_version integer not null,
  -- The input as the maker sent it, encrypted under the key of the person or company it is about.
  input_sealed text not null,
  read_set jsonb not null,
  summary text not null,
  items jsonb not null,
  reason_code text not null,
  reason_text text not null check (length(reason_text) >= 5),
  evidence uuid[] not null,
  approve_permission text not null,
  may_not_approve uuid[] not null default '{}',
  state text not null check (state in
    ('draft', 'pending', 'returned', 'stale', 'approved', 'applied', 'rejected', 'withdrawn', 'expired', 'reverted')),
  requested_by uuid not null,
  requested_at timestamptz not null,
  expires_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  decision_comment text,
  applied_at timestamptz,
  answer jsonb,
  -- Maker ≠ checker, whatever the program does.
  constraint maker_must_not_approve check (
    decided_by is null or state not in ('approved', 'applied', 'reverted') or (decided_by <> requested_by and not decided_by = any(may_not_approve))),
  constraint applied_must_be_approved check (state <> 'applied' or (decided_by is not null and applied_at is not null))
);
create index change_request_open on change_request (state, requested_at, id) where state in ('pending', 'returned', 'stale');
create index change_request_object on change_request (object_id, requested_at);
create index change_request_listed on change_request (requested_at desc, id desc);
select guard_with_audit('change_request');
