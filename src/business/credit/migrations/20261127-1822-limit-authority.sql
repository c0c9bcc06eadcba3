-- By which level of authority a limit was approved; null where no authority table was in force, and for what takes effect at once.
alter table credit_limit add column authority_level text;
