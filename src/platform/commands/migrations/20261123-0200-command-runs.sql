-- Which answered commands must not run twice: same key and input give the first answer again.
create table command_run (
  actor_id uuid not null,
  command text not null,
  key text not null check (length(key) between 1 and 200),
  input_hash bytea not null,
  status smallint,
  answer text,
  at timestamptz not null,
  primary key (actor_id, command, key)
);
create index command_run_at on command_run (at);
