-- What a version says of the authority to decide by amount; null in versions of before it could be set.
alter table policy_version add column authority jsonb;
