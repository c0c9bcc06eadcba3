-- When the dealings with a company ended by its contracts: records of its identity are kept from then on (JR §3.7). Null: a contract
-- stands or none was ever signed.
create function relation_ended_on(party uuid) returns date language sql stable as $$
  select case when bool_or(c.state in ('executed', 'active', 'amended')) then null
    else max(coalesce(c.terminated_on, c.ends_on)) end
  from contract c where c.party_id in (select company_records(party)) and c.signed_on is not null
$$;
