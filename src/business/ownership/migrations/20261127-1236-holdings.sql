-- Holdings in exact units, with source and history (data dictionary, group 2): votes out of all votes, or parts per million where only
-- a percentage is known. The row holds what is in force today; what was and will be stands in field_value (decision 0010).
alter table shareholding drop constraint shareholding_share_ppm_check;
alter table shareholding
  add constraint shareholding_share_ppm_check check (share_ppm between 0 and 1000000),
  -- Rights to profit or assets decide in corporations whose members have no votes by capital (JR §3.6).
  add column right_kind text not null default 'votes' check (right_kind in ('votes', 'profit')),
  add column share_votes bigint check (share_votes between 1 and 9000000000000),
  add column share_total bigint check (share_total between 1 and 9000000000000),
  add column source text check (source in ('shareholder_register', 'articles', 'owner_list', 'declaration', 'registry', 'securities_report',
    'old_system', 'other')),
  add column ended_recorded_at timestamptz,
  -- More than half, told from the exact votes: a share of 5,000,001 in 10,000,000 is 500,000 ppm and still a majority.
  add column majority boolean not null generated always as (
    case when share_votes is null then share_ppm > 500000 else share_votes * 2 > share_total end) stored,
  add constraint holding_votes_must_make_the_share check (case when share_votes is null then share_total is null and share_ppm > 0
    else share_total is not null and share_votes <= share_total and share_ppm = share_votes * 1000000 / share_total end);

drop index shareholding_party;
drop index shareholding_holder;
create index shareholding_party on shareholding (party_id);
create index shareholding_holder on shareholding (holder_party_id) where holder_party_id is not null;
create index shareholding_person on shareholding (holder_person_id) where holder_person_id is not null;
create unique index shareholding_once on shareholding (party_id, coalesce(holder_party_id, holder_person_id), right_kind) where valid_to is null;

-- As before, with majorities told exactly.
create or replace function connected_parties(start uuid) returns setof uuid language sql stable rows 4 as $$
  with recursive member(id) as (
    select start
    union
    select next.id from member m cross join lateral (
      select party_id as id from shareholding where holder_party_id = m.id and valid_to is null and majority
      union all select holder_party_id from shareholding
        where party_id = m.id and valid_to is null and majority and holder_party_id is not null
      union all select other_party_id from party_group_link where party_id = m.id and ended_at is null
      union all select party_id from party_group_link where other_party_id = m.id and ended_at is null
      union all select j.party_id from party_identity i join party_identity j on j.identity_id = i.identity_id
        where i.party_id = m.id) next)
  select id from member limit 500
$$;

-- What follows from the holdings, by company (the record that stands for it); derived, made anew whenever a holding changes.
create table computed_ownership (
  company_id uuid primary key references party (id),
  outcome text not null check (outcome in ('not_needed', 'by_share', 'by_influence', 'by_representative', 'nobody')),
  -- No distribution of votes that are not recorded would change who is found by share.
  certain boolean not null,
  open_ppm integer not null,
  exceeds boolean not null,
  parent_id uuid references party (id),
  ultimate_id uuid references party (id),
  -- Owners and parent as one text: the same facts are reviewed once.
  facts_key text not null,
  -- The same with every share.
  detail_key text not null,
  computed_at timestamptz not null
);
create index computed_ownership_parent on computed_ownership (parent_id) where parent_id is not null;
create index computed_ownership_changed on computed_ownership (computed_at);

create table computed_owner (
  company_id uuid not null references computed_ownership (company_id) on delete cascade,
  holder_kind text not null check (holder_kind in ('party', 'person')),
  holder_id uuid not null,
  basis text not null check (basis in ('votes_over_50', 'votes_over_25', 'profit_over_50', 'profit_over_25', 'influence', 'representative')),
  share_ppm integer not null,
  primary key (company_id, holder_id)
);
create index computed_owner_holder on computed_owner (holder_id);

-- How far the trail has been read for merges, listings and roles, by (block, position).
create table ownership_mark (
  only_row boolean primary key default true check (only_row),
  block bigint not null,
  position bigint not null
);
insert into ownership_mark (block, position) values (0, 0);
