-- 変更管理: when a value came into force, what will come into force later, and why (data dictionary, group 12; architecture, Time).

-- One accepted change of a record: all values that changed together, for one reason.
create table record_change (
  id uuid primary key,
  record_kind text not null,
  record_id uuid not null,
  effective_on date not null,
  reason_code text not null,
  reason_text text not null,
  evidence uuid[] not null default '{}',
  recorded_by uuid not null,
  approved_by uuid,
  recorded_at timestamptz not null
);
create index record_change_record on record_change (record_id, recorded_at);

-- Values of items under change control. A row says: from this day the field holds this value; until when follows from the next row of the
-- field, so periods can neither overlap nor leave gaps. Of rows with the same first day the one recorded last counts. The first row of a
-- field has no first day: the value stood from the beginning. Fields which have never changed have no rows: the record itself holds them.
create table field_value (
  seq bigint generated always as identity primary key,
  record_kind text not null,
  record_id uuid not null,
  field text not null,
  value jsonb,
  -- Personal values, encrypted under the subject's key.
  value_sealed text,
  valid_from date,
  recorded_at timestamptz not null,
  change_id uuid references record_change (id),
  constraint value_is_plain_or_sealed check (value is null or value_sealed is null),
  constraint value_without_a_change_was_there_at_first check (change_id is null or valid_from is not null)
);
create index field_value_record on field_value (record_id, field, seq);

-- Changes decided today which take effect on a later day. The command runs unchanged on that day.
create sequence planned_no_seq;
create table planned_change (
  id uuid primary key,
  row_version integer not null default 1,
  planned_no text not null unique default 'Y-' || to_char(nextval('planned_no_seq'), 'FM999999000000'),
  record_kind text not null,
  record_id uuid not null,
  related_ids uuid[] not null default '{}',
  command text not null,
  contract_version integer not null default 1,
  input_sealed text not null,
  summary text not null check (length(summary) between 1 and 300),
  -- What it will change: field, label, old, new; old and new are encrypted where the item is sensitive.
  items jsonb not null,
  effective_on date not null,
  reason_code text not null,
  reason_text text not null,
  evidence uuid[] not null default '{}',
  -- The permission without which nobody may take it back.
  permission text not null,
  state text not null default 'planned' check (state in ('planned', 'applied', 'withdrawn', 'failed')),
  planned_by uuid not null,
  planned_at timestamptz not null,
  change_request_id uuid,
  approved_by uuid,
  ended_at timestamptz,
  ended_by uuid,
  end_reason text,
  constraint end_is_known check ((state = 'planned') = (ended_at is null)),
  constraint withdrawal_has_a_reason check (state not in ('withdrawn', 'failed') or length(end_reason) >= 5)
);
create index planned_change_due on planned_change (effective_on, id) where state = 'planned';
create index planned_change_record on planned_change (record_id, id);
create index planned_change_related on planned_change using gin (related_ids);

select guard_with_audit('record_change'), guard_with_audit('field_value'), guard_with_audit('planned_change');
revoke update on record_change, field_value from daicho_app;
revoke delete on planned_change from daicho_app;
