-- The items of data dictionary group 2 which were missing; when the end of a role became known; old names of people, for search.
alter table person
  add column residence_status text check (length(residence_status) <= 50),
  add column residence_until date,
  add column mobile_sealed text,
  add column mobile_hash text,
  add column mobile_last text check (length(mobile_last) <= 4),
  add column pep_country text check (pep_country ~ '^[A-Z]{2}$'),
  add column pep_past boolean not null default false;

alter table party_person
  add column is_registered_representative boolean,
  add column bo_declared_on date,
  add column contact_channel text check (contact_channel in ('phone', 'mobile', 'email', 'mail', 'fax', 'visit')),
  add column contact_window text check (length(contact_window) <= 100),
  add column do_not_contact boolean not null default false,
  add column do_not_contact_reason text check (length(do_not_contact_reason) <= 200),
  add column ended_recorded_at timestamptz,
  add constraint no_contact_has_a_reason check (not do_not_contact or length(do_not_contact_reason) >= 5);

-- Keys of names a person bore before; blanked with the person.
create table person_former_key (
  person_id uuid not null references person (id),
  key text not null,
  primary key (key, person_id)
);
create index person_former_key_person on person_former_key (person_id);
create index person_former_key_prefix on person_former_key (key text_pattern_ops);
create index person_name_prefix on person (name_key text_pattern_ops);
create index person_kana_prefix on person (kana_key text_pattern_ops) where kana_key is not null;
