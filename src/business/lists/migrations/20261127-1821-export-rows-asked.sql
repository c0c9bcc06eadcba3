-- How many rows an export held when it was asked for; null where a second person approved it. The limit of rows a person takes out alone
-- is about what leaves in a day, not about single files.
alter table list_export add column rows_asked integer check (rows_asked >= 0);
