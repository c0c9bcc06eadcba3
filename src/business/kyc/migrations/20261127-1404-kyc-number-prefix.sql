-- One prefix for one kind of record: numbers given from now on say what they number. Numbers given before stay.
alter table kyc_case alter column case_no set default 'KY-' || to_char(nextval('kyc_case_no_seq'), 'FM999999000000');
