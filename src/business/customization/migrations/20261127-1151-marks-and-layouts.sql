-- 独自の状態とタグ: labels in colour which a company defines for its records; and the order of its forms.
create table mark (
  id uuid primary key,
  row_version integer not null default 1,
  record_kind text not null check (record_kind in ('party', 'person', 'bank_account', 'contract', 'receivable')),
  -- A record has one status at most, and any number of tags.
  mark_kind text not null check (mark_kind in ('status', 'tag')),
  label text not null check (length(label) between 1 and 20),
  colour text not null check (colour in ('red', 'orange', 'yellow', 'green', 'teal', 'blue', 'indigo', 'purple', 'pink', 'grey')),
  needs_reason boolean not null,
  position integer not null,
  defined_by uuid not null,
  defined_at timestamptz not null,
  retired_at timestamptz,
  retired_by uuid,
  constraint mark_retirement_is_whole check ((retired_at is null) = (retired_by is null)),
  unique (id, mark_kind)
);
create unique index mark_label on mark (record_kind, mark_kind, label) where retired_at is null;

create table record_mark (
  record_id uuid not null,
  mark_id uuid not null,
  mark_kind text not null,
  set_by uuid not null,
  set_at timestamptz not null,
  primary key (record_id, mark_id),
  foreign key (mark_id, mark_kind) references mark (id, mark_kind)
);
create unique index record_has_one_status on record_mark (record_id) where mark_kind = 'status';
create index record_mark_records on record_mark (mark_id, record_id);

-- Which fields stand under which heading of a form, in which order; without sections the program's own order.
create table form_layout (
  id uuid primary key,
  row_version integer not null default 1,
  record_kind text not null unique,
  -- [{key, title, fields: [name]}]
  sections jsonb,
  changed_by uuid not null,
  changed_at timestamptz not null
);

select guard_with_audit('mark'), guard_with_audit('record_mark'), guard_with_audit('form_layout');
revoke delete on mark, form_layout from daicho_app;
revoke update on record_mark from daicho_app;
