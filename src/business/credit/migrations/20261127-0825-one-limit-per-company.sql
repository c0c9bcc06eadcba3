-- A company has one permanent limit of a kind in force, however many records were merged into it. Whose company a limit bounds, and
-- which limits a merge sets aside, follows from identities and from what the merges chose; undoing a merge restores both.
alter table credit_limit
  add column company_id uuid,
  add column second_company_id uuid,
  add column set_aside boolean not null default false;

create function limit_bounds_companies() returns trigger language plpgsql as $$
begin
  select identity_id into new.company_id from party_identity where party_id = new.subject_id;
  select identity_id into new.second_company_id from party_identity where party_id = new.second_subject_id;
  return new;
end $$;
create trigger limit_bounds_companies before insert on credit_limit
  for each row execute function limit_bounds_companies();

create function limits_follow_identity() returns trigger language plpgsql as $$
begin
  update credit_limit set company_id = new.identity_id
  where subject_id = new.party_id and company_id is distinct from new.identity_id;
  update credit_limit set second_company_id = new.identity_id
  where second_subject_id = new.party_id and second_company_id is distinct from new.identity_id;
  return null;
end $$;
create trigger limits_follow_identity after update of identity_id on party_identity
  for each row when (old.identity_id <> new.identity_id) execute function limits_follow_identity();

-- What a merge decided: this limit counts for the company. A later limit, or a later choice, takes its place. Gone with the merge.
create table limit_choice (
  id uuid primary key,
  merge_id uuid not null,
  limit_id uuid not null references credit_limit (id),
  unique (merge_id, limit_id)
);
create index limit_choice_limit on limit_choice (limit_id);
select guard_with_audit('limit_choice');

-- Which permanent limits of these parties' companies are set aside: all but one of each kind. Of the limits of one kind the newest
-- decision counts: the choice of a merge, or a limit granted since the records became one. Without a decision the lowest counts. A
-- limit that was revoked after it was decided on stays the answer: the company then has none. Ids are made in the order of time.
create function limits_set_aside(parties uuid[]) returns table (limit_id uuid, aside boolean) language sql stable as $$
  with company as (select distinct identity_id as id from party_identity where party_id = any(parties)),
  one as (
    select l.id, l.limit_kind, l.company_id, l.second_company_id, l.revoked_at, coalesce(l.limit_yen, l.limit_ppm) as amount,
      (select max(c.id::text collate "C") from limit_choice c where c.limit_id = l.id) as chosen,
      (select max(i.merge_id::text collate "C") from party_identity i
        where i.identity_id in (l.company_id, l.second_company_id)) as joined
    from credit_limit l
    where l.term = 'permanent' and l.superseded_at is null
      and (l.company_id in (select id from company) or l.second_company_id in (select id from company))),
  ranked as (
    select one.*, row_number() over (partition by limit_kind, company_id, second_company_id
      order by greatest(chosen, case when id::text collate "C" > joined then id::text collate "C" end) desc nulls last,
        revoked_at is null desc, amount, id) as place
    from one)
  select id, place > 1 from ranked where revoked_at is null
$$;

create function settle_limits(parties uuid[]) returns void language plpgsql as $$
begin
  -- First aside, then in force: the index of limits in force is checked row by row.
  update credit_limit l set set_aside = true from limits_set_aside(parties) s where s.limit_id = l.id and s.aside and not l.set_aside;
  update credit_limit l set set_aside = false from limits_set_aside(parties) s where s.limit_id = l.id and not s.aside and l.set_aside;
end $$;

alter table credit_limit disable trigger user;
update credit_limit l set company_id = i.identity_id from party_identity i where i.party_id = l.subject_id;
update credit_limit l set second_company_id = i.identity_id from party_identity i where i.party_id = l.second_subject_id;
select settle_limits(array(select party_id from party_identity where merge_id is not null));
alter table credit_limit enable trigger user;
alter table credit_limit alter column company_id set not null;
alter table credit_limit add constraint limit_pair_has_two_companies check ((second_company_id is null) = (second_subject_id is null));

create unique index credit_limit_one_per_company on credit_limit (limit_kind, company_id, coalesce(second_company_id, company_id))
  where term = 'permanent' and revoked_at is null and superseded_at is null and not set_aside;
create index credit_limit_company on credit_limit (company_id) where revoked_at is null and superseded_at is null;

-- What stands at risk under a limit of a kind on a subject: the sums of the pairs it speaks about, by company and by group as of now.
create function exposure_under(kind text, subject uuid, second uuid, out committed_yen bigint, out exposure_yen bigint)
language plpgsql stable as $$
declare
  first_ids uuid[];
  second_ids uuid[];
begin
  if kind in ('group', 'debtor_group') then first_ids := array(select m.id from connected_parties(subject) m(id));
  else first_ids := array(select m.id from company_records(subject) m(id)); end if;
  if kind = 'pair' then
    second_ids := array(select m.id from company_records(second) m(id));
    select coalesce(sum(t.committed_yen), 0), coalesce(sum(t.committed_yen + t.paid_yen), 0) into committed_yen, exposure_yen
    from credit_pair_total t where t.client_id = any(first_ids) and t.debtor_id = any(second_ids);
  elsif kind in ('client', 'group') then
    select coalesce(sum(t.committed_yen), 0), coalesce(sum(t.committed_yen + t.paid_yen), 0) into committed_yen, exposure_yen
    from credit_pair_total t where t.client_id = any(first_ids);
  else
    select coalesce(sum(t.committed_yen), 0), coalesce(sum(t.committed_yen + t.paid_yen), 0) into committed_yen, exposure_yen
    from credit_pair_total t where t.debtor_id = any(first_ids);
  end if;
end $$;
