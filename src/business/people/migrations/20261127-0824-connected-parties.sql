-- All parties connected with one: over 50 % of votes either way, confirmed ties, and records of the same company, followed to the
-- end; the party itself is included (DD group 1, group_id). The one place which says what a group is.
create function connected_parties(start uuid) returns setof uuid language sql stable rows 4 as $$
  with recursive member(id) as (
    select start
    union
    select next.id from member m cross join lateral (
      select party_id as id from shareholding where holder_party_id = m.id and valid_to is null and share_ppm > 500000
      union all select holder_party_id from shareholding
        where party_id = m.id and valid_to is null and share_ppm > 500000 and holder_party_id is not null
      union all select other_party_id from party_group_link where party_id = m.id and ended_at is null
      union all select party_id from party_group_link where other_party_id = m.id and ended_at is null
      union all select j.party_id from party_identity i join party_identity j on j.identity_id = i.identity_id
        where i.party_id = m.id) next)
  select id from member limit 500
$$;

-- The records of one party's company.
create function company_records(start uuid) returns setof uuid language sql stable rows 1 as $$
  select mate.party_id from party_identity own join party_identity mate on mate.identity_id = own.identity_id
  where own.party_id = start
$$;
