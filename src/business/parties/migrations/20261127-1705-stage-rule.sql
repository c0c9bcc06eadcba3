-- 段階ごとの必須項目: what the rule book in force says of the stages; without a row the program's own proposals (policy, decision by four heads).
create table stage_rule (
  only_row boolean primary key default true check (only_row),
  -- {item: stage or null}; items not named stand as the program proposes.
  items jsonb not null,
  enforced boolean not null,
  set_at timestamptz not null
);
select guard_with_audit('stage_rule');
revoke delete on stage_rule from daicho_app;
