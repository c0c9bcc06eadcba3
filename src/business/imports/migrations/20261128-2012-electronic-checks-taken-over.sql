select may_be_taken_out('kyc_electronic_check', 'case_id');
