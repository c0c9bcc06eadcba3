select may_be_taken_out('receivable_particulars', 'receivable_id');
