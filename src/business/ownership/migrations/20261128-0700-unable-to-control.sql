-- 支配する意思・能力がないことが明らかな人 (JR §3.6): a judgement on one person in one company, by two people, from a day on until it ends.
create table control_exclusion (
  id uuid primary key,
  row_version integer not null default 1,
  party_id uuid not null references party (id),
  person_id uuid not null references person (id),
  ground text not null check (ground in ('no_will', 'incapacity', 'nominal_holder', 'other')),
  valid_from date not null,
  valid_to date,
  reason text not null check (length(reason) >= 5),
  evidence uuid[] not null check (cardinality(evidence) > 0),
  requested_by uuid not null,
  approved_by uuid,
  recorded_at timestamptz not null,
  ended_reason text,
  ended_evidence uuid[],
  ended_requested_by uuid,
  ended_approved_by uuid,
  ended_recorded_at timestamptz,
  constraint exclusion_needs_two check (approved_by is not null and approved_by <> requested_by),
  constraint ending_an_exclusion_needs_two check ((valid_to is null) = (ended_recorded_at is null)
    and (valid_to is null or (valid_to >= valid_from and length(ended_reason) >= 5
      and ended_requested_by is not null and ended_approved_by is not null and ended_approved_by <> ended_requested_by)))
);
create unique index control_exclusion_once on control_exclusion (party_id, person_id) where valid_to is null;
create index control_exclusion_person on control_exclusion (person_id);

select guard_with_audit('control_exclusion');
revoke delete on control_exclusion from daicho_app;
