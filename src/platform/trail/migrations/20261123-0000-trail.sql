-- The trail: what was done (audit_event), what was seen (view_event), and the chain of sealed blocks over both.

-- Short numbers of everything that can be seen, shared by all kinds of record, so that one integer array names what an answer showed.
create sequence seen_no_seq as integer;

create table audit_event (
  id uuid primary key,
  at timestamptz not null,
  actor_id uuid not null,
  verb text not null,
  canonical_text text not null,
  content_hash bytea not null check (octet_length(content_hash) = 32)
);
create index audit_event_actor on audit_event (actor_id, id);

-- Which records an event is about; event ids are UUIDv7, so the key is also the order of a timeline.
create table audit_event_subject (
  subject_id uuid not null,
  event_id uuid not null references audit_event (id),
  primary key (subject_id, event_id)
);

create table view_event (
  id uuid not null,
  at timestamptz not null,
  actor_id uuid not null,
  kind text not null check (kind in ('open', 'list', 'search', 'export', 'download', 'unmask')),
  seen integer[] not null,
  canonical_text text not null,
  content_hash bytea not null check (octet_length(content_hash) = 32),
  primary key (id, at)
) partition by range (at);
create index view_event_seen on view_event using gin (seen) with (fastupdate = off);
create index view_event_actor on view_event (actor_id, id);
create table view_event_rest partition of view_event default;

-- Makes the partitions of this month and the next two. Runs as the owner, since the program's own login has no DDL.
create function ensure_view_partitions(today date) returns void language plpgsql security definer set search_path = public as $$
declare
  first_day date;
begin
  for step in 0..2 loop
    first_day := (date_trunc('month', today) + make_interval(months => step))::date;
    if to_regclass('view_event_' || to_char(first_day, 'YYYYMM')) is null then
      execute format(
        'create table %I partition of view_event for values from (%L) to (%L)',
        'view_event_' || to_char(first_day, 'YYYYMM'),
        first_day::timestamp at time zone 'Asia/Tokyo',
        (first_day + interval '1 month') at time zone 'Asia/Tokyo');
      execute format('revoke update, delete on %I from daicho_app', 'view_event_' || to_char(first_day, 'YYYYMM'));
    end if;
  end loop;
end $$;
select ensure_view_partitions(current_date);

-- What the sealer has still to seal. Filled by triggers only, so that no row of the trail can be written past it.
create table audit_unsealed (
  event_id uuid primary key,
  kind text not null check (kind in ('event', 'view')),
  at timestamptz not null,
  content_hash bytea not null,
  xact xid8 not null default pg_current_xact_id()
);
create index audit_unsealed_xact on audit_unsealed (xact);

create function enqueue_event_for_sealing() returns trigger language plpgsql security definer set search_path = public as $$
begin
  insert into audit_unsealed (event_id, kind, at, content_hash)
    select id, tg_argv[0], at, content_hash from added;
  return null;
end $$;
create trigger audit_event_unsealed after insert on audit_event
  referencing new table as added for each statement execute function enqueue_event_for_sealing('event');
create trigger view_event_unsealed after insert on view_event
  referencing new table as added for each statement execute function enqueue_event_for_sealing('view');

create table audit_block (
  block bigint primary key check (block >= 1),
  merkle_root bytea not null,
  previous_root bytea not null,
  root bytea not null unique,
  leaf_count integer not null check (leaf_count > 0),
  sealed_at timestamptz not null,
  signature bytea not null
);

create table audit_leaf (
  block bigint not null references audit_block (block),
  position integer not null check (position >= 0),
  event_id uuid not null unique,
  kind text not null check (kind in ('event', 'view')),
  at timestamptz not null,
  content_hash bytea not null,
  primary key (block, position)
);

-- A transaction which changes a business row without saying so in the trail cannot commit.
create function require_audit_event() returns trigger language plpgsql security definer set search_path = public as $$
begin
  if not exists (select from audit_unsealed where xact = pg_current_xact_id() and kind = 'event') then
    raise exception 'a change of % must leave an audit event in the same transaction', tg_table_name
      using errcode = 'integrity_constraint_violation', constraint = 'change_must_leave_an_event';
  end if;
  return null;
end $$;

-- Each migration calls this for each business table it creates.
create function guard_with_audit(guarded regclass) returns void language plpgsql as $$
begin
  execute format(
    'create constraint trigger change_must_leave_an_event after insert or update or delete on %s
     deferrable initially deferred for each row execute function require_audit_event()', guarded);
end $$;

revoke execute on function guard_with_audit(regclass) from public;
