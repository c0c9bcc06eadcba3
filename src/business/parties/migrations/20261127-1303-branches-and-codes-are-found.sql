-- Branches and outside codes of a company are found by search as well; what they are called stays with the days it held.
alter table party_search_key drop constraint party_search_key_kind_check;
alter table party_search_key add constraint party_search_key_kind_check check (kind in ('core', 'folded', 'reading', 'english', 'number',
  'phone', 'old_core', 'old_folded', 'old_reading', 'old_number', 'old_phone', 'old_place', 'branch', 'branch_phone', 'code')) not valid;
alter table party_identifier add column row_version integer not null default 1;
