-- The version of a plan an application is made under, and the one a quote was priced under; none: without a plan.
alter table application add column plan_version_id uuid references plan_version (id);
alter table quote add column plan_version_id uuid references plan_version (id);
