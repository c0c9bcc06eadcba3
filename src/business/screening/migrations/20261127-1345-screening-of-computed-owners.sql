-- Who is screened because of whom, now with the owners that follow from holdings, and major shareholders from 5 % on (JR §3.12).
create or replace view screening_subject as
  select id as party_id, 'party'::text as subject_kind, id as subject_id, 'self'::text as relation
    from party where roles && array['client', 'debtor', 'guarantor', 'broker', 'vendor', 'funder']
  union
  select pp.party_id, 'person', pp.person_id, pp.person_role
    from party_person pp join party p on p.id = pp.party_id
    where pp.valid_to is null and pp.person_role in ('representative', 'director', 'auditor', 'beneficial_owner', 'agent', 'guarantor')
      and p.roles && array['client', 'guarantor', 'broker', 'vendor', 'funder']
  union
  select s.party_id, case when s.holder_party_id is null then 'person' else 'party' end, coalesce(s.holder_party_id, s.holder_person_id),
      'shareholder'
    from shareholding s join party p on p.id = s.party_id
    where s.valid_to is null and s.share_ppm >= 50000 and p.roles && array['client', 'guarantor', 'broker', 'vendor', 'funder']
  union
  select p.id, c.holder_kind, c.holder_id, 'computed_owner'
    from computed_owner c join party_identity i on i.identity_id = c.company_id join party p on p.id = i.party_id
    where p.roles && array['client', 'guarantor', 'broker', 'vendor', 'funder'];
