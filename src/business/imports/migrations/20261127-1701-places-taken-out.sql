-- Branches, codes, holdings and ties which an import brought may be taken out again with it; nothing else of these tables is ever deleted.
select may_be_taken_out('party_branch', 'id'),
  may_be_taken_out('party_identifier', 'id'),
  may_be_taken_out('shareholding', 'id'),
  may_be_taken_out('party_group_link', 'id');
