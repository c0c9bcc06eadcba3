-- One prefix for one kind of record: numbers given from now on say what they number. Numbers given before stay.
alter table document alter column doc_no set default 'DOC-' || to_char(nextval('doc_no_seq'), 'FM999999000000');
