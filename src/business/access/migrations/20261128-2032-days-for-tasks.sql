-- How many days people have for what a change in force touches (data dictionary, group 12, impact), in versions like the other settings.
alter table company_version
  add column impact_task_days integer not null default 7 check (impact_task_days between 1 and 90);
