-- Who answers for exposure above a limit, for what reason and until when (data dictionary, group 5, breach). It lets nothing more be bought.
alter table limit_breach
  add column requested_by uuid not null,
  add column approved_by uuid not null,
  add column accepted_until date not null,
  add column evidence uuid[] not null,
  add constraint a_breach_is_accepted_by_two check (requested_by <> approved_by);
create index limit_breach_limit on limit_breach (limit_id, started_at desc);
