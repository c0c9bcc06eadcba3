-- A judgement about two records stands on facts. A hash of each compared item is kept beside the judgement and beside the proposal, so
-- that a pair judged different (or put aside) comes back when one of these items changes, and only then. Judgements of before know none
-- and stay in force.
alter table party_judgement
  add column facts jsonb,
  add column evidence uuid[] not null default '{}',
  drop constraint party_judgement_verdict_check,
  add constraint party_judgement_verdict_check check (verdict in ('same', 'different', 'held'));
alter table party_candidate add column facts jsonb;

-- Who represents a company is one of the facts.
create function queue_represented_for_candidates() returns trigger language plpgsql security definer set search_path = public as $$
begin
  insert into party_candidate_due (party_id) select distinct party_id from written where person_role = 'representative';
  return null;
end $$;
create trigger representative_added_needs_candidates after insert on party_person
  referencing new table as written for each statement execute function queue_represented_for_candidates();
create trigger representative_changed_needs_candidates after update on party_person
  referencing new table as written for each statement execute function queue_represented_for_candidates();

create function queue_companies_of_renamed_person() returns trigger language plpgsql security definer set search_path = public as $$
begin
  insert into party_candidate_due (party_id)
    select distinct r.party_id from now_so n join was_so o on o.id = n.id join party_person r on r.person_id = n.id
    where (n.family_name, n.given_name) is distinct from (o.family_name, o.given_name)
      and r.person_role = 'representative' and r.valid_to is null;
  return null;
end $$;
create trigger person_renamed_needs_candidates after update on person
  referencing old table as was_so new table as now_so for each statement execute function queue_companies_of_renamed_person();
