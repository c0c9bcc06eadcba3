select may_be_taken_out('contract_signing', 'contract_id');
