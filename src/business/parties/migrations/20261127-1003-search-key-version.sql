-- Keys made by older rules of writing are found without reading the whole table, so that they can be made anew.
create index party_search_key_version on party_search_key (norm_version);
