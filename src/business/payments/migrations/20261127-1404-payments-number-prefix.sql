-- One prefix for one kind of record: numbers given from now on say what they number. Numbers given before stay.
alter table statement_file alter column file_no set default 'ST-' || to_char(nextval('statement_file_no_seq'), 'FM999999000000');
alter table payment_in alter column payment_no set default 'N-' || to_char(nextval('payment_in_no_seq'), 'FM999990000000');
