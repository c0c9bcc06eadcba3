-- 追加項目: fields a company defines for its records without code, their values, and what they are found by (decision 0016).
create sequence custom_field_no_seq;
create table custom_field (
  id uuid primary key,
  row_version integer not null default 1,
  -- Stands in inputs, answers, exports and histories for ever, whatever the label becomes.
  key text not null unique default 'c' || nextval('custom_field_no_seq'),
  record_kind text not null check (record_kind in ('party', 'person', 'bank_account', 'contract', 'receivable')),
  label text not null check (length(label) between 1 and 40),
  field_type text not null check (field_type in ('text', 'number', 'yen', 'date', 'choice', 'multiChoice', 'staff', 'file')),
  -- [{value, label, retired}]; only of choice and multiChoice.
  choices jsonb not null default '[]',
  help text check (length(help) <= 300),
  example text check (length(example) <= 100),
  why text check (length(why) <= 300),
  position integer not null,
  is_required boolean not null,
  is_sensitive boolean not null,
  is_critical boolean not null,
  is_searchable boolean not null,
  is_transferable boolean not null,
  is_in_list boolean not null,
  defined_by uuid not null,
  defined_at timestamptz not null,
  retired_at timestamptz,
  retired_by uuid,
  constraint secrets_are_not_searched check (not (is_sensitive and is_searchable)),
  constraint choices_belong_to_choices check ((field_type in ('choice', 'multiChoice')) = (jsonb_array_length(choices) > 0)),
  constraint retirement_is_whole check ((retired_at is null) = (retired_by is null))
);
create unique index custom_field_label on custom_field (record_kind, label) where retired_at is null;

-- What a record holds of them today: one row per record that holds any; a record without has none.
create table record_custom (
  -- The record's own id.
  id uuid primary key,
  row_version integer not null default 1,
  record_kind text not null,
  -- Key of the field → value.
  plain jsonb not null default '{}',
  -- Key of the field → value of a sensitive field, encrypted under the key of the person or company it is about.
  sealed jsonb not null default '{}',
  recorded_at timestamptz not null
);

-- What records are found and filtered by: follows from record_custom and can be made anew from it.
create table custom_key (
  -- The field the key is of.
  of_id uuid not null,
  key text collate "C" not null,
  record_id uuid not null,
  primary key (of_id, key, record_id)
);
create index custom_key_record on custom_key (record_id);

select guard_with_audit('custom_field'), guard_with_audit('record_custom');
revoke delete on custom_field from daicho_app;
