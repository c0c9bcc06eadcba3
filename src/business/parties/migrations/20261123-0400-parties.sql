-- Every company and sole proprietor, one record each (data dictionary, group 1).
create sequence party_no_seq;

create table party (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  party_no text not null unique default 'C-' || to_char(nextval('party_no_seq'), 'FM999999000000'),
  party_kind text not null check (party_kind in ('corporation', 'sole_proprietor', 'public_body', 'unincorporated')),
  legal_name text not null check (length(legal_name) between 1 and 150),
  legal_form text not null,
  legal_form_position text not null check (legal_form_position in ('prefix', 'suffix', 'none')),
  legal_name_kana text check (length(legal_name_kana) <= 150),
  legal_name_en text check (length(legal_name_en) <= 300),
  trade_name text check (length(trade_name) <= 100),
  corporate_number text check (corporate_number ~ '^[1-9][0-9]{12}$'),
  invoice_reg_no text check (invoice_reg_no ~ '^T[0-9]{13}$'),
  industry_code text,
  business_summary text check (length(business_summary) <= 1000),
  established_on date,
  capital_yen bigint check (capital_yen >= 0),
  employees integer check (employees >= 0),
  annual_sales_yen bigint check (annual_sales_yen >= 0),
  fiscal_year_end text check (fiscal_year_end ~ '^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'),
  postal_code text check (postal_code ~ '^[0-9]{7}$'),
  pref text,
  city text,
  town text,
  block text,
  building text,
  address_original text,
  phone text,
  phone_display text,
  email_domain text,
  website text,
  roles text[] not null default '{}' check (roles <@ array['client', 'debtor', 'guarantor', 'group_member', 'broker', 'vendor', 'funder']),
  stage text not null default 'prospect' check (stage in ('prospect', 'applied', 'active')),
  status text not null default 'normal' check (status in ('normal', 'suspended', 'blocked', 'closed')),
  owner_staff_id uuid not null,
  registered_at timestamptz not null,
  -- Only one record inside an identity may carry a corporate number; the identity is the company (party_identity).
  constraint invoice_number_must_match_corporate_number check (
    party_kind <> 'corporation' or invoice_reg_no is null or corporate_number is null or invoice_reg_no = 'T' || corporate_number)
);
create unique index party_corporate_number on party (corporate_number);
create index party_listed on party (id desc);
create index party_owner on party (owner_staff_id, id desc);

-- Names with the time they were in force; the current one is repeated here so that search reads one table.
create table party_name (
  id uuid primary key,
  party_id uuid not null references party (id),
  kind text not null check (kind in ('legal', 'trade', 'english')),
  name text not null,
  kana text,
  valid_from date,
  valid_to date,
  recorded_at timestamptz not null,
  check (valid_to is null or valid_from is null or valid_to >= valid_from)
);
create index party_name_party on party_name (party_id, recorded_at);

-- What a party can be found by: normalised keys, made by the program and stamped with the version of the rules that made them.
create table party_search_key (
  party_id uuid not null references party (id),
  kind text not null check (kind in ('core', 'folded', 'reading', 'english', 'number', 'phone', 'old_core', 'old_folded', 'old_reading')),
  key text not null check (length(key) between 1 and 300),
  norm_version smallint not null,
  primary key (key, party_id, kind)
);
-- Fine statistics: with the usual hundred buckets a rare part of a name is taken for 1 % of all, and the whole table is read.
alter table party_search_key alter column key set statistics 1000;
create index party_search_key_party on party_search_key (party_id);
create index party_search_key_prefix on party_search_key (key text_pattern_ops);
create index party_search_key_trigram on party_search_key using gin (key gin_trgm_ops);

-- Records of the same company share an identity; merging and its undoing touch only this table.
create table party_identity (
  party_id uuid primary key references party (id),
  identity_id uuid not null,
  merge_id uuid
);
create index party_identity_identity on party_identity (identity_id);

-- Which parties a contractor may see.
create table party_assignment (
  party_id uuid not null references party (id),
  staff_id uuid not null,
  primary key (staff_id, party_id)
);

select guard_with_audit('party'), guard_with_audit('party_name'), guard_with_audit('party_identity'), guard_with_audit('party_assignment');
