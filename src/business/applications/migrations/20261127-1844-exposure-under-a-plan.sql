-- What a claim puts at risk stands under the plan of its application: when the limits begin to hold it, when the claim comes to an
-- application or leaves it, and when the application moves to another plan. Whoever does one of these has locked the claim.
create function plan_of_claim(claim uuid) returns uuid language sql stable as $$
  select v.plan_id from application_claim l join application a on a.id = l.application_id
    join plan_version v on v.id = a.plan_version_id
  where l.receivable_id = claim
$$;

create function exposure_begins_under_plan() returns trigger language plpgsql as $$
begin
  new.plan_id := plan_of_claim(new.receivable_id);
  return new;
end $$;
create trigger exposure_begins_under_plan before insert on credit_exposure
  for each row execute function exposure_begins_under_plan();

create function exposure_follows_claim() returns trigger language plpgsql as $$
declare
  claim uuid := coalesce(new.receivable_id, old.receivable_id);
begin
  update credit_exposure set plan_id = plan_of_claim(claim)
  where receivable_id = claim and plan_id is distinct from plan_of_claim(claim);
  return null;
end $$;
create trigger exposure_follows_claim after insert or delete on application_claim
  for each row execute function exposure_follows_claim();

create function exposure_follows_application() returns trigger language plpgsql as $$
begin
  update credit_exposure e set plan_id = plan_of_claim(e.receivable_id)
  from application_claim l
  where l.application_id = new.id and e.receivable_id = l.receivable_id and e.plan_id is distinct from plan_of_claim(e.receivable_id);
  return null;
end $$;
create trigger exposure_follows_application after update of plan_version_id on application
  for each row when (old.plan_version_id is distinct from new.plan_version_id) execute function exposure_follows_application();
