/**
 * Of whom news must be searched because of whom, by the subject table of JR §3.12: clients and debtors for bad news and credit events, a
 * client's representatives, owners and agents for bad news, who answers for it for credit events. A group member that is none of these never
 * stops a deal.
 */
create view screening_media_need as
  select p.id as party_id, 'party'::text as subject_kind, p.id as subject_id, s.scope, 'self'::text as relation, false as alert_only
    from party p cross join unnest(array['adverse_media', 'credit_event']) s (scope) where p.roles && array['client', 'debtor']
  union
  select pp.party_id, 'person', pp.person_id, case when pp.person_role = 'guarantor' then 'credit_event' else 'adverse_media' end,
      pp.person_role, false
    from party_person pp join party p on p.id = pp.party_id
    where pp.valid_to is null and pp.person_role in ('representative', 'beneficial_owner', 'agent', 'guarantor')
      and p.roles @> array['client']
  union
  select p.id, c.holder_kind, c.holder_id, 'adverse_media', 'computed_owner', false
    from computed_owner c join party_identity i on i.identity_id = c.company_id join party p on p.id = i.party_id
    where p.roles @> array['client']
  union
  select g.party_id, case when g.guarantor_party_id is null then 'person' else 'party' end,
      coalesce(g.guarantor_party_id, g.guarantor_person_id), 'credit_event', 'guarantor', false
    from guarantee g join party p on p.id = g.party_id where g.valid_to is null and p.roles @> array['client']
  union
  select p.id, 'party', p.id, 'credit_event', 'self', not p.roles @> array['guarantor']
    from party p where p.roles && array['guarantor', 'group_member'] and not p.roles && array['client', 'debtor'];

-- For one party, by its indexes: not inlined, so that the view is never read whole for a deal.
create function news_needed_of(asked uuid) returns setof screening_media_need language plpgsql stable rows 5 as $$
begin
  return query select * from screening_media_need n where n.party_id = asked;
end $$;

/** The newest day until which a search of this scope holds for a subject, under any record of its company; null: never searched. */
create function news_searched_until(asked uuid, asked_scope text) returns date language sql stable as $$
  select max(m.next_due_on) from screening_media_search m
  where m.superseded_at is null and m.scope @> array[asked_scope] and m.subject_id in (
    select asked union select mate.party_id from party_identity own join party_identity mate on mate.identity_id = own.identity_id
    where own.party_id = asked)
$$;
grant select on screening_media_need to daicho_app;
