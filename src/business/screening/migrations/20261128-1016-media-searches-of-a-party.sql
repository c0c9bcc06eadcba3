-- The searches of a customer are asked for by customer and by subject; without this the whole table was read.
create index screening_media_search_party on screening_media_search (party_id);
