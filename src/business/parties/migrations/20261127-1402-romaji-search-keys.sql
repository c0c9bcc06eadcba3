-- Search by romaji of the reading, however it is romanised. Keys of before are made anew in the background (NORM_VERSION).
alter table party_search_key drop constraint party_search_key_kind_check;
alter table party_search_key add constraint party_search_key_kind_check check (kind in ('core', 'folded', 'reading', 'english', 'romaji', 'number',
  'phone', 'old_core', 'old_folded', 'old_reading', 'old_number', 'old_phone', 'old_place', 'branch', 'branch_phone', 'code')) not valid;
