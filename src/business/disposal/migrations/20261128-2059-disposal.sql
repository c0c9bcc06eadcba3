-- 廃棄: what was destroyed after its retention, by whom, and what is left to be destroyed (data dictionary, groups 11 and 14; japan-rules §4.4).

alter table party add column disposed_at timestamptz;
alter table person add column disposed_at timestamptz;
alter table document add column disposed_at timestamptz;

create sequence disposal_no_seq;
create table disposal (
  id uuid primary key,
  seen_no integer not null unique default nextval('seen_no_seq'::regclass),
  disposal_no text not null unique default ('DSP-' || to_char(nextval('disposal_no_seq'), 'FM999999000000')),
  subject_kind text not null check (subject_kind in ('party', 'person', 'document')),
  subject_id uuid not null,
  retention_class text not null,
  due_on date not null,
  legal_hold_checked_at timestamptz not null,
  change_request_id uuid not null references change_request (id),
  proposed_by uuid not null,
  approved_by uuid not null,
  reason text not null check (length(reason) >= 5),
  executed_at timestamptz not null,
  -- How many records, people, papers, files and texts of the trail, by word.
  scope jsonb not null default '{}'::jsonb,
  rows integer not null default 0 check (rows >= 0),
  keys_destroyed integer not null default 0 check (keys_destroyed >= 0),
  certificate_document_id uuid references document (id),
  made_in xid8 not null default pg_current_xact_id(),
  constraint disposal_takes_two check (approved_by <> proposed_by)
);
create index disposal_listed on disposal (executed_at desc, id desc);
select guard_with_audit('disposal');
revoke delete on disposal from daicho_app;

-- Every record one disposal destroyed: a merged company's records, their people and papers.
create table disposal_subject (
  subject_id uuid primary key,
  disposal_id uuid not null references disposal (id),
  subject_kind text not null check (subject_kind in ('party', 'person', 'document'))
);
create index disposal_subject_disposal on disposal_subject (disposal_id);
select guard_with_audit('disposal_subject');
revoke update, delete on disposal_subject from daicho_app;

-- Files to be taken from the store once the disposal stands; their content cannot be read any more from that moment on.
create table disposal_file (
  stored_path text primary key,
  disposal_id uuid not null references disposal (id),
  removed_at timestamptz
);
create index disposal_file_waiting on disposal_file (disposal_id) where removed_at is null;

-- What is past its retention, found by the clock: derived, and recomputable at any time.
create table disposal_due (
  subject_kind text not null check (subject_kind in ('party', 'person', 'document')),
  subject_id uuid not null,
  retention_class text not null,
  due_on date not null,
  hindrances text[] not null default '{}',
  found_at timestamptz not null,
  primary key (subject_kind, subject_id)
);
create index disposal_due_listed on disposal_due (due_on, subject_id);
create index disposal_due_kind on disposal_due (subject_kind, due_on, subject_id);

-- How far a walk over all records has come; it goes on from there after a stop.
create table disposal_walk (
  subject_kind text primary key,
  after uuid,
  begun_at timestamptz,
  -- By which version of the rule book; another one asks for a new walk.
  policy_version integer,
  done_at timestamptz
);

-- Blanks columns of rows which otherwise only grow, and only inside the transaction that makes the disposal. A column that holds nothing stays so.
create function erase_disposed(disposal uuid, target regclass, key_column name, keys uuid[], blanks jsonb) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  assignments text;
  filled text;
  done integer;
begin
  perform from disposal d where d.id = erase_disposed.disposal and d.made_in = pg_current_xact_id();
  if not found then
    raise exception 'nothing is erased outside of a disposal' using errcode = 'integrity_constraint_violation';
  end if;
  if (select c.relnamespace <> 'public'::regnamespace from pg_class c where c.oid = target)
    or target::text ~ '^(audit_|view_event|disposal|subject_key|command_run|staff_|role_grant|company)' then
    raise exception '% holds nothing that a disposal may erase', target using errcode = 'integrity_constraint_violation';
  end if;
  -- '$id' stands for the row's own id, where a column must differ from row to row.
  select string_agg(format('%1$I = case when %1$I is null then %1$I else %2$s end', key, word), ', '),
    string_agg(format('%I is distinct from %s', key, word), ' or ')
    into assignments, filled
    from (select key, case when value #>> '{}' = '$id' then 'id::text' else quote_nullable(value #>> '{}') end as word
      from jsonb_each(blanks)) b;
  execute format('update %s set %s where %I = any($1) and (%s)', target, assignments, key_column, filled) using keys;
  get diagnostics done = row_count;
  return done;
end $$;
revoke execute on function erase_disposed(uuid, regclass, name, uuid[], jsonb) from public;
grant execute on function erase_disposed(uuid, regclass, name, uuid[], jsonb) to daicho_app;

-- Takes the values out of events and leaves who, when, what and which record; answers the ids of the events it emptied, in their order.
create function erase_event_texts(disposal uuid, events uuid[]) returns setof uuid
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from disposal d where d.id = erase_event_texts.disposal and d.made_in = pg_current_xact_id();
  if not found then
    raise exception 'nothing is erased outside of a disposal' using errcode = 'integrity_constraint_violation';
  end if;
  return query
    with fresh as (
      insert into audit_erasure (event_id, disposal_id)
      select e.id, erase_event_texts.disposal from audit_event e where e.id = any (events)
      on conflict (event_id) do nothing returning event_id),
    emptied as (
      update audit_event e
        set canonical_text = ((e.canonical_text::jsonb - array['before', 'after', 'facts', 'reason'])
          || '{"erased": true, "facts": {"summary": "（廃棄済み）"}}'::jsonb)::text
      from fresh where e.id = fresh.event_id returning e.id)
    select id from emptied order by id;
end $$;
revoke execute on function erase_event_texts(uuid, uuid[]) from public;
grant execute on function erase_event_texts(uuid, uuid[]) to daicho_app;
