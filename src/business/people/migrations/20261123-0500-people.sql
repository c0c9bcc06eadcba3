-- Natural persons with dated roles in parties, and who holds how much of whom (data dictionary, group 2).
create sequence person_no_seq;

create table person (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  person_no text not null unique default 'H-' || to_char(nextval('person_no_seq'), 'FM999999000000'),
  family_name text not null check (length(family_name) between 1 and 50),
  given_name text not null check (length(given_name) between 1 and 50),
  family_kana text check (length(family_kana) <= 50),
  given_kana text check (length(given_kana) <= 50),
  former_name text,
  common_name text,
  latin_name text,
  nationality text check (nationality ~ '^[A-Z]{2}$'),
  -- Encrypted under the person's own key; the keyed hashes serve equality only.
  birth_date_sealed text,
  birth_date_hash text,
  home_address_sealed text,
  phone_sealed text,
  phone_hash text,
  -- What lists may show without decrypting.
  phone_last text check (length(phone_last) <= 4),
  email text,
  pep_kind text not null default 'none' check (pep_kind in ('none', 'foreign', 'domestic')),
  name_key text not null,
  kana_key text,
  registered_at timestamptz not null
);
create index person_name_key on person (name_key);
create index person_birth_hash on person (birth_date_hash) where birth_date_hash is not null;

create table party_person (
  id uuid primary key,
  row_version integer not null default 1,
  party_id uuid not null references party (id),
  person_id uuid not null references person (id),
  person_role text not null check (person_role in ('representative', 'director', 'auditor', 'beneficial_owner', 'shareholder', 'agent',
    'contact', 'guarantor', 'department_head')),
  title text,
  department text,
  authority_basis text check (authority_basis in ('registered', 'power_of_attorney', 'called_head_office', 'other')),
  bo_basis text check (bo_basis in ('votes_over_50', 'votes_over_25', 'profit_over_50', 'profit_over_25', 'influence', 'representative',
    'deemed_person')),
  valid_from date,
  valid_to date,
  recorded_at timestamptz not null,
  check (valid_to is null or valid_from is null or valid_to >= valid_from)
);
create index party_person_party on party_person (party_id);
create index party_person_person on party_person (person_id);
create unique index party_person_once on party_person (party_id, person_id, person_role) where valid_to is null;

create table shareholding (
  id uuid primary key,
  row_version integer not null default 1,
  party_id uuid not null references party (id),
  holder_party_id uuid references party (id),
  holder_person_id uuid references person (id),
  -- Share of votes, parts per million.
  share_ppm integer not null check (share_ppm between 1 and 1000000),
  valid_from date,
  valid_to date,
  recorded_at timestamptz not null,
  constraint holder_must_be_one check ((holder_party_id is null) <> (holder_person_id is null)),
  constraint holder_must_be_another check (holder_party_id is distinct from party_id)
);
create index shareholding_party on shareholding (party_id) where valid_to is null;
create index shareholding_holder on shareholding (holder_party_id) where valid_to is null;

-- Ties that are not holdings (affiliate, same representative …), confirmed by a person.
create table party_group_link (
  id uuid primary key,
  party_id uuid not null references party (id),
  other_party_id uuid not null references party (id),
  relation text not null check (relation in ('affiliate', 'sister', 'same_representative', 'same_address', 'same_phone', 'same_account')),
  confirmed_by uuid not null,
  recorded_at timestamptz not null,
  ended_at timestamptz,
  constraint tie_must_join_two check (party_id < other_party_id)
);
create unique index party_group_link_once on party_group_link (party_id, other_party_id, relation) where ended_at is null;
create index party_group_link_other on party_group_link (other_party_id) where ended_at is null;

select guard_with_audit('person'), guard_with_audit('party_person'), guard_with_audit('shareholding'), guard_with_audit('party_group_link');
