-- What a version says of stages and of further approvals; null in versions of before they could be set.
alter table policy_version add column stage_rule jsonb, add column further_approvals jsonb;
