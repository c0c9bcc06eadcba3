-- Letters go out: printed for window envelopes, or mailed. What goes out is what was previewed, with whom it is addressed to; each print and each
-- try of the mail is known.
alter table letter
  -- The addressee as previewed: address, name, person, mail address; under the party's key. Null of letters recorded before.
  add column recipient_sealed text;

create sequence letter_print_no_seq;
create table letter_print_batch (
  id uuid primary key,
  batch_no text not null unique default 'LP-' || to_char(nextval('letter_print_no_seq'), 'FM999999000000'),
  printed_by uuid not null,
  printed_at timestamptz not null
);
create table letter_print (
  batch_id uuid not null references letter_print_batch (id),
  letter_id uuid not null references letter (id),
  position integer not null check (position >= 1),
  primary key (batch_id, letter_id)
);
create index letter_print_letter on letter_print (letter_id);

create table letter_mail (
  letter_id uuid primary key references letter (id),
  row_version integer not null default 1,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'stopped')),
  tries integer not null default 0 check (tries >= 0),
  -- The code of the fault, or the rule that forbids it now; never the words of the mail server.
  fault text check (length(fault) between 1 and 300),
  next_try_at timestamptz,
  message_id text not null unique,
  mailed_at timestamptz,
  constraint mail_waits_for_a_time check ((state = 'waiting') = (next_try_at is not null)),
  constraint sent_mail_has_its_time check ((state = 'sent') = (mailed_at is not null))
);
create index letter_mail_due on letter_mail (next_try_at) where state = 'waiting';

select guard_with_audit('letter_print_batch'), guard_with_audit('letter_print'), guard_with_audit('letter_mail');
revoke update, delete on letter_print_batch, letter_print from daicho_app;
revoke delete on letter_mail from daicho_app;
