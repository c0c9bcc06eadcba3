-- 問合せ・苦情 (data dictionary, groups 10 and 15): what somebody asks or complains of, with owner and deadlines by the business clock.
create sequence inquiry_no_seq;

create table inquiry (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  inquiry_no text not null unique default 'IQ-' || to_char(nextval('inquiry_no_seq'), 'FM999999000000'),
  -- Null for a sender nobody knows yet.
  party_id uuid references party (id),
  person_id uuid references person (id),
  channel text not null check (channel in ('phone', 'email', 'visit', 'web', 'chat', 'sms', 'post', 'fax', 'other')),
  category text not null check (category in ('new_deal', 'existing_deal', 'payment', 'document', 'complaint', 'consultation', 'other')),
  priority text not null check (priority in ('low', 'normal', 'high')),
  -- Encrypted under the party's key, or the inquiry's own while the sender is unknown.
  sender_sealed text,
  subject_sealed text not null,
  body_sealed text not null,
  state text not null check (state in ('new', 'triaged', 'spam', 'merged', 'assigned', 'waiting_client', 'waiting_internal', 'answered',
    'lapsed', 'reopened', 'closed', 'converted')),
  owner_id uuid,
  sla_policy text not null,
  received_at timestamptz not null,
  first_answer_due timestamptz not null,
  resolution_due timestamptz not null,
  first_answered_at timestamptz,
  resolved_at timestamptz,
  -- Business time during which the answer of the client was awaited, and since when it is awaited now.
  paused_ms bigint not null default 0 check (paused_ms >= 0),
  paused_since timestamptz,
  answers integer not null default 0,
  reopened_count integer not null default 0,
  transfers integer not null default 0,
  merged_into uuid references inquiry (id),
  satisfaction integer check (satisfaction between 1 and 5),
  opened_by uuid not null,
  opened_at timestamptz not null,
  ended_at timestamptz,
  -- The deadline that counts now; none once it is answered.
  next_due timestamptz generated always as (case when resolved_at is not null then null
    when first_answered_at is null then first_answer_due else resolution_due end) stored,
  check ((ended_at is not null) = (state in ('spam', 'merged', 'closed', 'converted'))),
  check ((state = 'merged') = (merged_into is not null)),
  check (merged_into <> id)
);
create index inquiry_open on inquiry (next_due, id) where ended_at is null;
create index inquiry_newest on inquiry (received_at desc, id desc);
create index inquiry_party on inquiry (party_id, received_at desc);
create index inquiry_owner on inquiry (owner_id) where ended_at is null;

select guard_with_audit('inquiry');
revoke delete on inquiry from daicho_app;
