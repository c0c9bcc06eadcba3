-- Parties whose candidates are to be made anew. Filled by triggers, so that no way of writing a party is forgotten and nobody has to
-- compare the whole register with what was looked at; a party may wait twice, since only adding never waits for the reader.
create table party_candidate_due (
  due_no bigint generated always as identity primary key,
  party_id uuid not null
);
insert into party_candidate_due (party_id)
  select p.id from party p left join party_candidate_mark m on m.party_id = p.id
  where m.row_version is distinct from p.row_version order by p.id;
drop table party_candidate_mark;

create function queue_added_for_candidates() returns trigger language plpgsql security definer set search_path = public as $$
begin
  insert into party_candidate_due (party_id) select id from added;
  return null;
end $$;
create trigger party_added_needs_candidates after insert on party
  referencing new table as added for each statement execute function queue_added_for_candidates();

create function queue_changed_for_candidates() returns trigger language plpgsql security definer set search_path = public as $$
begin
  insert into party_candidate_due (party_id)
    select n.id from now_so n join was_so o on o.id = n.id where n.row_version <> o.row_version;
  return null;
end $$;
create trigger party_changed_needs_candidates after update on party
  referencing old table as was_so new table as now_so for each statement execute function queue_changed_for_candidates();

revoke insert, update on party_candidate_due from daicho_app;
