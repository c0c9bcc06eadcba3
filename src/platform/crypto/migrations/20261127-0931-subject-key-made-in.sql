-- The transaction that made the key: until it has committed, nobody may keep the key in memory.
alter table subject_key add column made_in xid8;
alter table subject_key alter column made_in set default pg_current_xact_id();
