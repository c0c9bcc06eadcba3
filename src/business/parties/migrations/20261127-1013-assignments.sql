-- 外部委託先への割当て: which companies a contractor may see, from when to when, by whose word and why; an end is a further word, not a
-- deletion. Nothing was assigned before, so no row needs to be carried over.
drop table party_assignment;
create table party_assignment (
  id uuid primary key,
  seen_no integer not null unique default nextval('seen_no_seq'),
  party_id uuid not null references party (id),
  staff_id uuid not null references staff_member (id),
  starts_on date not null,
  ends_on date not null,
  reason text not null check (length(reason) >= 5),
  assigned_by uuid not null,
  assigned_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  ended_reason text,
  check (ends_on >= starts_on),
  check ((ended_at is null) = (ended_by is null) and (ended_at is null or length(ended_reason) >= 5))
);
create unique index party_is_assigned_once on party_assignment (staff_id, party_id) where ended_at is null;
create index party_assignment_party on party_assignment (party_id, id desc);
create index party_assignment_listed on party_assignment (staff_id, id desc);
select guard_with_audit('party_assignment');
