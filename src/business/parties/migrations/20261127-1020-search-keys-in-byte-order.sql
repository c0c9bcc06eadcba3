-- Keys are compared byte by byte whatever language the database speaks, so that one index answers "equal" and "begins with" and, since
-- it holds all that search asks for, mostly without touching the table.
drop index party_search_key_prefix;
drop index party_search_key_trigram;
alter table party_search_key alter column key type text collate "C";
-- Search says in which order the indexes are asked and leaves nothing to estimates.
alter table party_search_key alter column key set statistics -1;
-- Inside of names. The entries still to be sorted in are read by every search: their list is kept short.
create index party_search_key_trigram on party_search_key using gin (key gin_trgm_ops) with (gin_pending_list_limit = 256)
  where key !~ '^[0-9]+$';
-- One or two characters inside a name are no trigram: names by their letters and pairs of letters.
create function letters_and_pairs(word text) returns text[] immutable strict parallel safe language plpgsql as $$
declare
  letters text[] := string_to_array(word, null);
  parts text[] := letters;
begin
  for at in 1 .. cardinality(letters) - 1 loop
    parts := parts || (letters[at] || letters[at + 1]);
  end loop;
  return parts;
end $$;
create index party_search_key_letters on party_search_key using gin (letters_and_pairs(key)) with (gin_pending_list_limit = 256)
  where kind in ('core', 'folded', 'old_core', 'old_folded');
-- Numbers and telephones are asked for whole, by their beginning, or by their end: without area code, the last four digits.
create index party_search_key_end on party_search_key (reverse(key), party_id) where key ~ '^[0-9]+$';

-- The seldom roles, newest first: without these a list of the three brokers among a million companies reads them all.
create index party_guarantors on party (id desc) where folded_into is null and coalesce(identity_roles, roles) @> array['guarantor'];
create index party_group_members on party (id desc) where folded_into is null and coalesce(identity_roles, roles) @> array['group_member'];
create index party_brokers on party (id desc) where folded_into is null and coalesce(identity_roles, roles) @> array['broker'];
create index party_vendors on party (id desc) where folded_into is null and coalesce(identity_roles, roles) @> array['vendor'];
create index party_funders on party (id desc) where folded_into is null and coalesce(identity_roles, roles) @> array['funder'];
