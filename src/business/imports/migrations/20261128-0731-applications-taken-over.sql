-- Applications an import brought may be taken out again while nobody has worked on them.
select may_be_taken_out('application', 'id'), may_be_taken_out('application_item', 'application_id');
