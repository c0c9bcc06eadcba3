-- 公的登記: what the State publishes about companies, as a reference beside our own records (JR §1.3).
create table register_load (
  id uuid primary key,
  seen_no integer not null unique default nextval('seen_no_seq'),
  file_name text not null check (length(file_name) between 1 and 300),
  file_hash text not null,
  -- Rows read; of these new here, changed here, and left out because they tell the past of a company.
  rows integer not null check (rows >= 0),
  added integer not null check (added >= 0),
  changed integer not null check (changed >= 0),
  past integer not null check (past >= 0),
  problems integer not null check (problems >= 0),
  problem_rows jsonb not null default '[]',
  newest_update_on date,
  loaded_by uuid not null,
  loaded_at timestamptz not null,
  -- The customers of this load were compared with it (slice changewatch).
  compared_at timestamptz
);
create index register_load_waiting on register_load (id) where compared_at is null;

-- One row per corporate number: its newest published state. Public data, replaced by newer loads; no record of our own.
create table corporate_register (
  corporate_number text primary key check (corporate_number ~ '^[1-9][0-9]{12}$'),
  load_id uuid not null references register_load (id),
  sequence_no integer not null,
  process text not null,
  updated_on date not null,
  changed_on date,
  name text not null,
  name_core text not null,
  kana text,
  name_en text,
  kind text not null,
  pref text,
  city text,
  street text,
  post_code text,
  abroad text,
  closed_on date,
  close_cause text,
  successor text,
  change_cause text,
  -- The printed name or address has a character outside the set: staff enter the true form.
  name_has_image boolean not null,
  hidden boolean not null
);
create index corporate_register_core on corporate_register (name_core text_pattern_ops) where not hidden;
create index corporate_register_load on corporate_register (load_id);

-- Which registers are asked over the network, with the keys the authorities gave; nothing is asked while switched off.
create table register_setting (
  source text primary key check (source in ('corporate_number', 'invoice_issuer', 'gbizinfo')),
  row_version integer not null default 1,
  enabled boolean not null,
  base_url text not null check (base_url ~ '^https?://'),
  key_sealed text,
  key_last text,
  changed_by uuid not null,
  changed_at timestamptz not null
);

select guard_with_audit('register_load'), guard_with_audit('register_setting');
revoke delete on register_load, register_setting from daicho_app;
