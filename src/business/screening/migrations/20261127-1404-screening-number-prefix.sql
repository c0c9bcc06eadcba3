-- One prefix for one kind of record: numbers given from now on say what they number. Numbers given before stay.
alter table screening_case alter column case_no set default 'SC-' || to_char(nextval('screening_case_no_seq'), 'FM999999000000');
