-- One prefix for one kind of record: numbers given from now on say what they number. Numbers given before stay.
alter table collection_case alter column case_no set default 'CO-' || to_char(nextval('collection_case_no_seq'), 'FM999999000000');
