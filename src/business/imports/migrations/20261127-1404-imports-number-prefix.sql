-- One prefix for one kind of record: numbers given from now on say what they number. Numbers given before stay.
alter table import_batch alter column batch_no set default 'IM-' || to_char(nextval('import_batch_no_seq'), 'FM999999000000');
