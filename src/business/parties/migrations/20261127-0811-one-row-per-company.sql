-- Records of one company stand in lists and searches as one row. Everything here follows from party_identity alone and can be made
-- anew from it; foreign keys keep pointing at the record they were written for.
alter table party
  -- The record which stands for the company (its oldest), when it is another one than this.
  add column folded_into uuid references party (id),
  -- What the records have together; set on the record that stands for several, null everywhere else.
  add column identity_roles text[],
  add column identity_stage text,
  add column identity_status text;
create index party_folded on party (folded_into) where folded_into is not null;

-- Whose value a company made of several records shows, by field; follows from the choices of the merges in force.
create table party_overlay (
  identity_id uuid not null,
  field text not null,
  party_id uuid not null references party (id),
  merge_id uuid not null,
  primary key (identity_id, field)
);
select guard_with_audit('party_overlay');

-- Roles: all of them. Stage: the furthest. Status: the strictest; a closed record says nothing while another one is alive.
create function refresh_identity(head uuid) returns void language sql as $$
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
    and (p.identity_roles, p.identity_stage, p.identity_status) is distinct from (f.roles, f.stage, f.status)
$$;

create function fold_party() returns trigger language plpgsql as $$
begin
  update party set folded_into = nullif(new.identity_id, id)
  where id = new.party_id and folded_into is distinct from nullif(new.identity_id, id);
  return null;
end $$;
create trigger identity_folds_the_record after insert or update of identity_id on party_identity
  for each row when (new.identity_id <> new.party_id) execute function fold_party();
create trigger identity_unfolds_the_record after update of identity_id on party_identity
  for each row when (new.identity_id = new.party_id and old.identity_id <> new.identity_id) execute function fold_party();

create function refresh_identities_of_party() returns trigger language plpgsql as $$
begin
  perform refresh_identity(coalesce(new.folded_into, new.id));
  if old.folded_into is distinct from new.folded_into then
    perform refresh_identity(coalesce(old.folded_into, new.id));
    if new.folded_into is not null then
      update party set identity_roles = null, identity_stage = null, identity_status = null
      where id = new.id and identity_roles is not null;
    end if;
  end if;
  return null;
end $$;
create trigger record_changes_its_identity after update of roles, stage, status, folded_into on party
  for each row when (
    (old.roles, old.stage, old.status, old.folded_into) is distinct from (new.roles, new.stage, new.status, new.folded_into)
    and (old.folded_into is not null or new.folded_into is not null or old.identity_roles is not null))
  execute function refresh_identities_of_party();

-- Merges made before this table was.
alter table party disable trigger user;
update party p set folded_into = i.identity_id from party_identity i where i.party_id = p.id and i.identity_id <> p.id;
select refresh_identity(head) from (select distinct folded_into as head from party where folded_into is not null) heads;
alter table party enable trigger user;
alter table party_overlay disable trigger user;
insert into party_overlay (identity_id, field, party_id, merge_id)
select distinct on (i.identity_id, choice.key) i.identity_id, choice.key, i.party_id, m.id
from party_merge m cross join lateral jsonb_each_text(m.choices) choice
join party_identity i on i.party_id = choice.value::uuid
where m.undone_at is null
order by i.identity_id, choice.key, m.merged_at desc, m.id desc;
alter table party_overlay enable trigger user;
