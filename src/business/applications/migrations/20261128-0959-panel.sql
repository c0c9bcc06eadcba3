-- 一括見積 (factoring-flows F6): to which funders an application was sent, with whose consent and what was shared, what each answered, and which
-- the client took. A row is a sending and the funder's quote (data dictionary, group 13: funder_consents, quote.funder_id).
create table panel_sending (
  id uuid primary key,
  row_version integer not null default 1,
  application_id uuid not null references application (id),
  funder_id uuid not null references party (id),
  -- The client's consent that its data go to this funder.
  consent_document_id uuid not null references document (id),
  shared text[] not null check (cardinality(shared) > 0),
  sent_by uuid not null,
  sent_at timestamptz not null,
  state text not null check (state in ('waiting', 'approved', 'declined', 'accepted', 'withdrawn')),
  answered_on date,
  purchased_yen bigint check (purchased_yen > 0),
  fee_yen bigint check (fee_yen >= 0),
  charges_yen bigint check (charges_yen >= 0),
  reserve_yen bigint check (reserve_yen >= 0),
  net_yen bigint generated always as (purchased_yen - fee_yen - charges_yen - reserve_yen) stored check (net_yen > 0),
  expires_at timestamptz,
  decline_reason text check (length(decline_reason) between 2 and 500),
  answer_document_ids uuid[] not null default '{}',
  answer_recorded_by uuid,
  answer_recorded_at timestamptz,
  accepted_on date,
  accepted_by_sealed text,
  accept_channel text,
  accept_document_ids uuid[] not null default '{}',
  accept_recorded_by uuid,
  closed_at timestamptz,
  constraint panel_funder_asked_once unique (application_id, funder_id),
  constraint panel_offer_is_whole check (state not in ('approved', 'accepted') or
    (num_nulls(purchased_yen, fee_yen, charges_yen, reserve_yen, expires_at, answered_on) = 0)),
  constraint panel_decline_has_its_reason check ((state = 'declined') = (decline_reason is not null)),
  constraint panel_acceptance_is_proved check ((state = 'accepted') = (accepted_on is not null)
    and (state <> 'accepted' or cardinality(accept_document_ids) > 0))
);
-- The client takes one of them at most.
create unique index panel_one_is_taken on panel_sending (application_id) where state = 'accepted';
create index panel_sending_funder on panel_sending (funder_id);
select guard_with_audit('panel_sending');
revoke delete on panel_sending from daicho_app;
