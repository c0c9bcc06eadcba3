-- データ品質: exceptions at active customers, each open until solved, and the measures of each day (JR §9). Derived from the records
-- by a job and made anew by it; no business record of its own.
create table quality_item (
  party_id uuid not null references party (id),
  check_code text not null check (length(check_code) between 1 and 80),
  found_on date not null,
  due_on date not null,
  solved_on date,
  primary key (party_id, check_code, found_on)
);
create unique index quality_item_open on quality_item (check_code, party_id) where solved_on is null;
create index quality_item_due on quality_item (due_on, party_id) where solved_on is null;

create table quality_measure (
  on_day date not null,
  measure text not null check (length(measure) between 1 and 80),
  numerator bigint not null check (numerator >= 0),
  denominator bigint not null check (denominator >= 0),
  measured_at timestamptz not null,
  primary key (measure, on_day)
);
