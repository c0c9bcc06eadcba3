-- The name lists show for a company made of several records, on each of them; null where one record is the company. Derived: the
-- record chosen for the legal name, else the one that stands for the company.
alter table party add column shown_name text;

create or replace function refresh_identity(head uuid) returns void language plpgsql as $$
begin
  select coalesce(folded_into, id) into head from party where id = head;
  update party p set identity_roles = f.roles, identity_stage = f.stage, identity_status = f.status
  from (
    select
      case when count(*) > 1 then coalesce((
        select array_agg(role order by array_position(
          array['client', 'debtor', 'guarantor', 'group_member', 'broker', 'vendor', 'funder'], role))
        from (select distinct unnest(r.roles) as role from party r where r.id = head or r.folded_into = head) given), '{}')
      end as roles,
      case when count(*) > 1 then
        case when bool_or(m.stage = 'active') then 'active' when bool_or(m.stage = 'applied') then 'applied' else 'prospect' end
      end as stage,
      case when count(*) > 1 then
        case when bool_or(m.status = 'blocked') then 'blocked' when bool_or(m.status = 'suspended') then 'suspended'
          when bool_and(m.status = 'closed') then 'closed' else 'normal' end
      end as status
    from party m where m.id = head or m.folded_into = head) f
  where p.id = head
    and (p.identity_roles, p.identity_stage, p.identity_status) is distinct from (f.roles, f.stage, f.status);
  update party p set shown_name = f.name
  from (
    select case when h.identity_roles is not null then c.legal_name end as name
    from party h join party c on c.id = coalesce(
      (select o.party_id from party_overlay o where o.identity_id = head and o.field = 'legalName'), head)
    where h.id = head) f
  where (p.id = head or p.folded_into = head) and p.shown_name is distinct from f.name;
end $$;

create or replace function refresh_identities_of_party() returns trigger language plpgsql as $$
begin
  if new.folded_into is not null and new.identity_roles is not null then
    update party set identity_roles = null, identity_stage = null, identity_status = null where id = new.id;
  end if;
  perform refresh_identity(new.id);
  if old.folded_into is distinct from new.folded_into and old.folded_into is not null then
    perform refresh_identity(old.folded_into);
  end if;
  return null;
end $$;
drop trigger record_changes_its_identity on party;
create trigger record_changes_its_identity after update of roles, stage, status, legal_name, folded_into on party
  for each row when (
    (old.roles, old.stage, old.status, old.legal_name, old.folded_into)
      is distinct from (new.roles, new.stage, new.status, new.legal_name, new.folded_into)
    and (old.folded_into is not null or new.folded_into is not null or old.identity_roles is not null))
  execute function refresh_identities_of_party();

create function refresh_identity_of_overlay() returns trigger language plpgsql as $$
begin
  perform refresh_identity(coalesce(new.identity_id, old.identity_id));
  return null;
end $$;
create trigger overlay_names_the_company after insert or delete on party_overlay
  for each row execute function refresh_identity_of_overlay();

alter table party disable trigger user;
select refresh_identity(id) from party where identity_roles is not null;
alter table party enable trigger user;
