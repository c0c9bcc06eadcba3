-- Exceptions are derived: they go with a record that an import brought and took out again.
alter table quality_item drop constraint quality_item_party_id_fkey,
  add constraint quality_item_party_id_fkey foreign key (party_id) references party (id) on delete cascade;
