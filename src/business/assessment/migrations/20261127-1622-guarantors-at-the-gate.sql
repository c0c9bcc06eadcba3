-- Who answers for a party today, companies and people: whoever deals with the party looks at them, too (Japan rules §3.12, guarantor).
create function standing_guarantors(principal uuid) returns setof uuid language sql stable as $$
  select coalesce(guarantor_party_id, guarantor_person_id) from guarantee where party_id = principal and valid_to is null
$$;
