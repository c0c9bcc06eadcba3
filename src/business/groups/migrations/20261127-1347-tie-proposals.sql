-- Ties between companies found in the data: the same representative, address, telephone, account, owner. Proposed, never made.
-- What companies can share, one row a company and key; derived, made anew when a record changes.
create table tie_key (
  kind text not null check (kind in ('representative', 'address', 'phone', 'account', 'email_domain', 'owner')),
  key text not null,
  company_id uuid not null references party (id),
  primary key (kind, key, company_id)
);
create index tie_key_company on tie_key (company_id);

create table tie_proposal (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  first_id uuid not null references party (id),
  second_id uuid not null references party (id),
  kind text not null check (kind in ('representative', 'address', 'phone', 'account', 'email_domain', 'owner', 'control')),
  -- What was shared, as a hash: a rejected proposal is opened again only when it changes.
  facts_hash text not null,
  -- How many companies share it.
  shared_by integer not null,
  state text not null check (state in ('open', 'accepted', 'rejected', 'gone')),
  proposed_at timestamptz not null,
  decided_by uuid,
  decided_at timestamptz,
  decision_reason text check (length(decision_reason) >= 5),
  tie_id uuid references party_group_link (id),
  constraint proposal_must_join_two check (first_id < second_id),
  constraint decision_needs_a_person check (state in ('open', 'gone') or (decided_by is not null and decision_reason is not null))
);
create unique index tie_proposal_once on tie_proposal (first_id, second_id, kind);
create index tie_proposal_second on tie_proposal (second_id);
create index tie_proposal_open on tie_proposal (id) where state = 'open';
create index tie_proposal_open_facts on tie_proposal (facts_hash) where state = 'open';
select guard_with_audit('tie_proposal');

-- The first sweep through all companies (null: not begun; done_at: over), and how far the trail has been read since.
create table tie_scan (
  only_row boolean primary key default true check (only_row),
  swept_to uuid,
  done_at timestamptz,
  block bigint not null,
  position bigint not null
);
insert into tie_scan (block, position) values (0, 0);
