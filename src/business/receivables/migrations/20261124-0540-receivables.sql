-- 債権: claims offered, checked, bought and collected (data dictionary, group 8).
create sequence receivable_no_seq;
create sequence purchase_no_seq;

-- One purchase command: one or more claims bought under one contract, priced together.
create table purchase (
  id uuid primary key,
  seen_no integer not null unique default nextval('seen_no_seq'),
  purchase_no text not null unique default 'B-' || to_char(nextval('purchase_no_seq'), 'FM999999000000'),
  client_id uuid not null references party (id),
  contract_id uuid not null references contract (id),
  contract_version integer not null,
  purchased_on date not null,
  purchased_yen bigint not null,
  advance_yen bigint not null,
  reserve_yen bigint not null check (reserve_yen >= 0),
  fee_yen bigint not null check (fee_yen >= 0),
  price_yen bigint not null,
  charges jsonb not null,
  charges_yen bigint not null check (charges_yen >= 0),
  tax_yen bigint not null check (tax_yen >= 0),
  net_yen bigint not null check (net_yen > 0),
  annualised_ppm bigint,
  journal_id uuid not null references journal (id),
  purchased_by uuid not null,
  recorded_at timestamptz not null,
  -- FF §4.2, always true: N + fee + C + T + R = P.
  constraint purchase_must_add_up check (net_yen + fee_yen + charges_yen + tax_yen + reserve_yen = purchased_yen
    and advance_yen + reserve_yen = purchased_yen and price_yen = purchased_yen - fee_yen)
);

create table receivable (
  id uuid primary key,
  row_version integer not null default 1,
  seen_no integer not null unique default nextval('seen_no_seq'),
  receivable_no text not null unique,
  client_id uuid not null references party (id),
  debtor_id uuid not null references party (id),
  -- Match key of the debtor's name: a debtor registered twice is still found.
  debtor_name_key text,
  contract_id uuid references contract (id),
  receivable_kind text not null check (receivable_kind in ('invoice', 'purchase_order', 'contract', 'medical', 'care', 'public')),
  invoice_no text not null check (length(invoice_no) between 1 and 50),
  line_no integer check (line_no >= 1),
  number_key text not null check (number_key <> ''),
  number_tail text not null,
  issued_on date not null,
  due_on date not null,
  due_on_rolled date not null,
  payable_on date not null,
  face_yen bigint not null check (face_yen > 0),
  deductions_yen bigint not null default 0 check (deductions_yen >= 0),
  ineligible_yen bigint not null default 0 check (ineligible_yen >= 0),
  -- The part the client wants to sell; null: all that is eligible.
  asked_yen bigint check (asked_yen > 0),
  assignment_restriction text not null check (assignment_restriction in ('none', 'exists', 'unknown')),
  restriction_known boolean not null default false,
  set_off_risk text not null default 'unknown' check (set_off_risk in ('none', 'low', 'high', 'unknown')),
  dispute_open boolean not null default false,
  findings jsonb not null default '[]',
  duplicate_result text not null check (duplicate_result in ('clear', 'suspect', 'confirmed', 'judged_different')),
  duplicate_checked_at timestamptz not null,
  -- The last step somebody asked for; what money and dates make of it is derived.
  state text not null check (state in ('offered', 'verifying', 'verified', 'approved', 'purchased', 'rejected', 'withdrawn', 'lapsed',
    'rescinded', 'repurchased', 'dunning', 'legal', 'written_off', 'closed')),
  state_on date not null,
  purchase_id uuid references purchase (id),
  purchased_yen bigint,
  advance_yen bigint,
  reserve_yen bigint,
  fee_yen bigint,
  price_yen bigint,
  funded_on date,
  grace_days integer not null default 0,
  perfection text not null default 'none' check (perfection in ('none', 'notice_held', 'notice_sent', 'consent_received', 'registered')),
  perfected_on date,
  -- Sums of receivable_movement, moved with it.
  collected_yen bigint not null default 0,
  diluted_yen bigint not null default 0,
  recovered_yen bigint not null default 0,
  left_to_settle_yen bigint not null default 0 check (left_to_settle_yen >= 0),
  registered_by uuid not null,
  registered_at timestamptz not null,
  verified_by uuid,
  approved_by uuid,
  check (due_on >= issued_on),
  check (debtor_id <> client_id),
  check (deductions_yen + ineligible_yen < face_yen),
  check (state <> 'purchased' or (purchase_id is not null and purchased_yen = advance_yen + reserve_yen)),
  constraint approver_must_not_have_registered check (approved_by is null or approved_by <> registered_by)
);
-- The same claim is live once (DD group 8); everything else is a scored signal.
create unique index receivable_live_number on receivable (client_id, debtor_id, number_key, coalesce(line_no, 1))
  where state not in ('rejected', 'withdrawn', 'lapsed', 'rescinded', 'closed');
create index receivable_listed on receivable (id desc);
create index receivable_client on receivable (client_id, id desc);
create index receivable_debtor on receivable (debtor_id, id desc);
create index receivable_debtor_name on receivable (debtor_name_key) where debtor_name_key is not null;
create index receivable_purchase on receivable (purchase_id) where purchase_id is not null;
create index receivable_payable on receivable (payable_on) where state in ('purchased', 'dunning', 'legal');
create index receivable_number on receivable (number_key);

-- Every step asked for, oldest first: what an as-of report folds.
create table receivable_step (
  receivable_id uuid not null references receivable (id),
  step_id uuid not null,
  stepped_on date not null,
  to_state text not null,
  stepped_by uuid not null,
  reason text,
  primary key (receivable_id, step_id)
);

-- Money that moved against a claim; a reversal is the same kind with a negative amount.
create table receivable_movement (
  id uuid primary key,
  receivable_id uuid not null references receivable (id),
  moved_on date not null,
  kind text not null check (kind in ('collection', 'confirmed_dilution', 'recovery')),
  amount_yen bigint not null check (amount_yen <> 0),
  journal_id uuid references journal (id),
  recorded_at timestamptz not null
);
create index receivable_movement_receivable on receivable_movement (receivable_id);

create table receivable_evidence (
  receivable_id uuid not null references receivable (id),
  document_id uuid not null references document (id),
  evidence_kind text not null check (evidence_kind in ('invoice', 'order', 'delivery', 'acceptance', 'bank_history', 'message')),
  agrees boolean not null,
  content_hash text not null,
  added_by uuid not null,
  added_at timestamptz not null,
  primary key (receivable_id, document_id)
);
create index receivable_evidence_hash on receivable_evidence (content_hash);

-- Each scored check with every match explained; a suspicion is judged by two people, and the verdict is kept beside it.
create table duplicate_check (
  id uuid primary key,
  receivable_id uuid not null references receivable (id),
  occasion text not null check (occasion in ('offer', 'payout')),
  scope text not null default 'own_book' check (scope in ('own_book', 'assignment_registry', 'shared_registry')),
  result text not null check (result in ('clear', 'suspect', 'confirmed')),
  matches jsonb not null,
  checked_at timestamptz not null,
  verdict text check (verdict in ('different', 'same')),
  judged_by uuid,
  confirmed_by uuid,
  judged_at timestamptz,
  verdict_reason text,
  constraint verdict_needs_two check (verdict is null or (judged_by is not null and confirmed_by is not null
    and judged_by <> confirmed_by and length(verdict_reason) >= 5))
);
create index duplicate_check_receivable on duplicate_check (receivable_id, id desc);

-- 譲渡通知・承諾・登記.
create table assignment_notice (
  id uuid primary key,
  receivable_id uuid not null references receivable (id),
  notice_kind text not null check (notice_kind in ('assignment_notice', 'consent_request', 'registration')),
  method text not null check (method in ('plain_mail', 'content_certified', 'e_content_certified', 'hand_delivery', 'electronic')),
  sent_to text not null check (length(sent_to) between 1 and 300),
  -- Null: signed and kept unsent.
  sent_on date,
  post_no text,
  fixed_date_kind text,
  trigger_text text,
  delivered_on date,
  delivered_to text,
  returned_on date,
  recorded_by uuid not null,
  approved_by uuid,
  recorded_at timestamptz not null,
  check (delivered_on is null or sent_on is null or delivered_on >= sent_on),
  check (delivered_on is null or returned_on is null)
);
create index assignment_notice_receivable on assignment_notice (receivable_id);

select guard_with_audit('purchase'), guard_with_audit('receivable'), guard_with_audit('receivable_step'),
  guard_with_audit('receivable_movement'), guard_with_audit('receivable_evidence'), guard_with_audit('duplicate_check'),
  guard_with_audit('assignment_notice');
revoke update, delete on purchase, receivable_step, receivable_movement from daicho_app;
revoke delete on receivable, receivable_evidence, duplicate_check, assignment_notice from daicho_app;
-- Finds the verdicts which name a claim from the other side.
create index duplicate_check_judged on duplicate_check using gin (matches jsonb_path_ops) where verdict is not null;
