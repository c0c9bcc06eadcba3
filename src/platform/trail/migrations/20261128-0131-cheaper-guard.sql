-- The same question, asked once for each changed row of a business table, for a third to a half of the processor time: as a plain
-- statement instead of an expression around a subselect, and with the caller's rights, who may read but not fill the queue.
create or replace function require_audit_event() returns trigger language plpgsql as $$
begin
  perform from public.audit_unsealed
    where xact operator(pg_catalog.=) pg_catalog.pg_current_xact_id() and kind operator(pg_catalog.=) 'event' limit 1;
  if not found then
    raise exception 'a change of % must leave an audit event in the same transaction', tg_table_name
      using errcode = 'integrity_constraint_violation', constraint = 'change_must_leave_an_event';
  end if;
  return null;
end $$;
