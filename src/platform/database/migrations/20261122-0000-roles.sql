-- What the program's own login may do with tables which later migrations create: rows, never the schema.
create extension if not exists pg_trgm;
grant usage on schema public to daicho_app;
alter default privileges in schema public grant select, insert, update, delete on tables to daicho_app;
alter default privileges in schema public grant usage, select on sequences to daicho_app;
