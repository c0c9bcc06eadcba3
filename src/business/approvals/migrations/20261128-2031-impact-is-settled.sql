-- Whether what an applied change touches has been followed up. Requests of before are done with; those that still wait are not.
alter table change_request add column impact_settled_at timestamptz default now();
alter table change_request alter column impact_settled_at drop default;
create index change_request_impact_open on change_request (applied_at, id) where state = 'applied' and impact_settled_at is null;
