-- Clocks of plans in plain minutes and from another moment than the submission (FF §5, clocks): the hours an application is counted in, kept with
-- it, so that a later setting leaves its deadlines alone; when each event that starts a clock happened, with how long the client had been
-- waited for by then; and that time by the wall clock as well. Applications of before: standard hours, from the submission.
alter table application
  add column clock_hours jsonb,
  add column clock_starts jsonb not null default '{}',
  add column paused_wall_ms bigint not null default 0 check (paused_wall_ms >= 0);
