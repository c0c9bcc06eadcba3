-- One prefix for one kind of record: numbers given from now on say what they number. Numbers given before stay.
alter table party_merge alter column merge_no set default 'MG-' || to_char(nextval('merge_no_seq'), 'FM999999000000');
