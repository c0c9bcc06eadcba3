-- 申込・見積 (data dictionary, groups 8 and 13; FF §3): what a client asks for, what we ask of it, what we offer, and how it ended.
create sequence application_no_seq;
create sequence quote_no_seq;

create table application (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  application_no text not null unique,
  client_id uuid not null references party (id),
  channel text not null check (channel in ('web', 'photo', 'phone', 'online_meeting', 'visit', 'api', 'panel')),
  form text not null check (form in ('full', 'short')),
  campaign text check (length(campaign) between 1 and 100),
  broker_id uuid references party (id),
  inquiry_id uuid references inquiry (id),
  requested_yen bigint not null check (requested_yen > 0),
  needed_by date,
  -- 乗り換え: the factor the client comes from.
  previous_factor_name text check (length(previous_factor_name) between 1 and 150),
  previous_factor_ended_on date,
  previous_factor_open_yen bigint check (previous_factor_open_yen >= 0),
  owner_id uuid not null,
  -- The last step somebody asked for; `funded` follows from the payouts of the linked claims.
  state text not null check (state in ('draft', 'submitted', 'docs_pending', 'screening', 'in_review', 'quoted', 'accepted', 'contracting',
    'ready_to_fund', 'closed', 'abandoned', 'withdrawn', 'expired', 'rejected', 'declined', 'cancelled')),
  state_at timestamptz not null,
  clock_policy text not null,
  submitted_at timestamptz,
  clock_started_at timestamptz,
  decision_due timestamptz,
  funding_due timestamptz,
  -- Business time during which the client owed something, and since when it owes something now.
  paused_ms bigint not null default 0 check (paused_ms >= 0),
  paused_since timestamptz,
  -- The first decision, quoted or rejected (JR §9, 承認率).
  decided_at timestamptz,
  first_decision text check (first_decision in ('quoted', 'rejected')),
  decision_reason text check (length(decision_reason) between 2 and 1000),
  decided_by uuid,
  drafted_by uuid not null,
  drafted_at timestamptz not null,
  ended_at timestamptz,
  -- The deadline that counts now; none before it is submitted and after it has ended.
  next_due timestamptz generated always as (case when ended_at is not null then null
    when decided_at is null then decision_due else funding_due end) stored,
  check ((decided_at is null) = (first_decision is null)),
  check ((ended_at is not null) = (state in ('closed', 'abandoned', 'withdrawn', 'expired', 'rejected', 'declined', 'cancelled'))),
  check (state in ('draft', 'abandoned') or submitted_at is not null),
  check (previous_factor_name is not null or (previous_factor_ended_on is null and previous_factor_open_yen is null)),
  constraint application_decided_by_another check (decided_by is null or decided_by <> drafted_by)
);
create index application_open on application (next_due, id) where ended_at is null;
create index application_newest on application (id desc);
create index application_client on application (client_id, id desc);
create index application_owner on application (owner_id) where ended_at is null;

-- A claim belongs to at most one application; it may be offered without one.
create table application_claim (
  receivable_id uuid primary key references receivable (id),
  application_id uuid not null references application (id),
  linked_by uuid not null,
  linked_at timestamptz not null
);
create index application_claim_application on application_claim (application_id);

-- 提出書類: what the client owes us for this deal. 本人確認 has a case of its own and is not waived here.
create table application_item (
  id uuid primary key,
  application_id uuid not null references application (id),
  position integer not null,
  item_kind text not null check (item_kind in ('invoice', 'bank_statement', 'identity', 'deal_evidence', 'registry', 'accounts', 'tax_return',
    'debtor_consent', 'other')),
  title text check (length(title) between 1 and 100),
  state text not null check (state in ('missing', 'received', 'returned', 'waived')),
  document_id uuid references document (id),
  note text check (length(note) between 1 and 500),
  set_by uuid not null,
  set_at timestamptz not null,
  unique (application_id, position),
  check (state <> 'received' or document_id is not null),
  constraint waived_with_a_reason check (state <> 'waived' or length(note) >= 5),
  check ((item_kind = 'other') = (title is not null))
);

-- 見積: the price of the claims under a contract's terms on a day, as the purchase would reckon it.
create table quote (
  id uuid primary key,
  seen_no integer not null unique default nextval('seen_no_seq'),
  quote_no text not null unique,
  application_id uuid not null references application (id),
  contract_id uuid not null references contract (id),
  contract_version integer not null,
  quoted_on date not null,
  state text not null check (state in ('offered', 'accepted', 'declined', 'expired', 'withdrawn')),
  purchased_yen bigint not null check (purchased_yen > 0),
  advance_yen bigint not null,
  reserve_yen bigint not null check (reserve_yen >= 0),
  fee_yen bigint not null check (fee_yen >= 0),
  price_yen bigint not null,
  charges jsonb not null,
  charges_yen bigint not null check (charges_yen >= 0),
  tax_yen bigint not null check (tax_yen >= 0),
  net_yen bigint not null check (net_yen > 0),
  annualised_ppm bigint,
  collateral_required text not null default 'none' check (collateral_required in ('none', 'optional', 'required')),
  guarantor_required text not null default 'none' check (guarantor_required in ('none', 'optional', 'required')),
  issued_by uuid not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  -- The client's answer: who on its side gave it, encrypted under the client's key, how, and what proves it.
  answered_on date,
  answered_by_sealed text,
  answer_channel text,
  answer_documents uuid[] not null default '{}',
  answer_recorded_by uuid,
  check (expires_at > issued_at),
  check (state <> 'accepted' or (answered_on is not null and cardinality(answer_documents) > 0)),
  constraint quote_must_add_up check (net_yen + fee_yen + charges_yen + tax_yen + reserve_yen = purchased_yen
    and advance_yen + reserve_yen = purchased_yen and price_yen = purchased_yen - fee_yen)
);
create unique index quote_one_standing on quote (application_id) where state in ('offered', 'accepted');
create index quote_application on quote (application_id, id desc);
create index quote_expiry on quote (expires_at) where state = 'offered';

create table quote_line (
  quote_id uuid not null references quote (id),
  receivable_id uuid not null references receivable (id),
  face_yen bigint not null,
  eligible_yen bigint not null,
  purchased_yen bigint not null,
  advance_yen bigint not null,
  reserve_yen bigint not null,
  fee_yen bigint not null,
  days integer not null,
  primary key (quote_id, receivable_id)
);

select guard_with_audit('application'), guard_with_audit('application_claim'), guard_with_audit('application_item'),
  guard_with_audit('quote'), guard_with_audit('quote_line');
revoke delete on application, application_item, quote from daicho_app;
revoke update, delete on quote_line from daicho_app;
revoke update on application_claim from daicho_app;

-- A claim of an application is bought only once the application is ready (FF §3, approved→purchased).
create function claim_of_application_must_be_ready() returns trigger language plpgsql as $$
begin
  if exists (select 1 from application_claim l join application a on a.id = l.application_id
      where l.receivable_id = new.id and a.state <> 'ready_to_fund') then
    raise exception 'the application of this claim is not ready' using errcode = 'check_violation',
      constraint = 'application_must_be_ready_to_fund', table = 'receivable';
  end if;
  return new;
end $$;
create trigger claim_of_application_must_be_ready before update of purchase_id on receivable for each row
  when (old.purchase_id is null and new.purchase_id is not null) execute function claim_of_application_must_be_ready();
