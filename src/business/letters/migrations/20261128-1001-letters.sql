-- 書状の文面 (data dictionary, group 10: template_version, approved_by, preview_hash): no outgoing letter without words that two people approved.
create table letter_template (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  code text not null unique check (code ~ '^[A-Z0-9-]{2,20}$'),
  name text not null check (length(name) between 1 and 100),
  letter_kind text not null check (letter_kind in ('reminder', 'formal_demand', 'notice', 'greeting', 'other')),
  retired_at timestamptz,
  created_by uuid not null,
  created_at timestamptz not null
);

create table letter_template_version (
  id uuid primary key,
  row_version integer not null default 1,
  template_id uuid not null references letter_template (id),
  version integer not null check (version >= 1),
  state text not null check (state in ('draft', 'in_force', 'past')),
  subject text not null check (length(subject) between 1 and 200),
  body text not null check (length(body) between 1 and 10000),
  note text not null check (length(note) between 2 and 500),
  written_by uuid not null,
  written_at timestamptz not null,
  activated_by uuid,
  approved_by uuid,
  activated_at timestamptz,
  unique (template_id, version),
  constraint letter_words_are_approved_by_two check (
    (state = 'draft') = (approved_by is null) and (approved_by is null or (approved_by <> activated_by and approved_by <> written_by)))
);
create unique index letter_template_one_draft on letter_template_version (template_id) where state = 'draft';
create unique index letter_template_one_in_force on letter_template_version (template_id) where state = 'in_force';

-- What went out under which words; the words themselves stand, encrypted, in the communication.
create sequence letter_no_seq;
create table letter (
  id uuid primary key,
  letter_no text not null unique default 'LT-' || to_char(nextval('letter_no_seq'), 'FM999999000000'),
  communication_id uuid not null unique references communication (id),
  template_version_id uuid not null references letter_template_version (id),
  party_id uuid not null references party (id),
  preview_hash text not null,
  approved_by uuid not null,
  sent_by uuid not null,
  sent_at timestamptz not null
);
create index letter_party on letter (party_id, sent_at desc);

select guard_with_audit('letter_template'), guard_with_audit('letter_template_version'), guard_with_audit('letter');
revoke delete on letter_template, letter_template_version from daicho_app;
revoke update, delete on letter from daicho_app;
