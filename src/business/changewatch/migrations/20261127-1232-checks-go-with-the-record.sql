-- What a record was last compared with is derived: it goes with a record that an import brought and took out again.
alter table party_register_check drop constraint party_register_check_party_id_fkey,
  add constraint party_register_check_party_id_fkey foreign key (party_id) references party (id) on delete cascade;
