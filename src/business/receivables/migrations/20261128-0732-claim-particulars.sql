-- What the invoice and the delivery say beside number, dates and face (data dictionary, group 8), one row a claim; corrected with a reason,
-- earlier values stand in the events.
create table receivable_particulars (
  receivable_id uuid primary key references receivable (id),
  row_version integer not null default 1,
  transaction_from date,
  transaction_to date,
  accepted_on date,
  received_on date,
  issuer_reg_no text check (issuer_reg_no ~ '^T[0-9]{13}$'),
  -- One element a rate: ratePpm, baseYen, basis, taxYen.
  taxes jsonb not null default '[]',
  toriteki_flag boolean,
  dispute_yen bigint check (dispute_yen >= 0),
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  check (transaction_to >= transaction_from)
);

-- 時効の完成猶予・更新 (民法147–152条): what holds off or renews the limitation of a bought claim. Withdrawn, never deleted.
create table limitation_event (
  id uuid primary key,
  receivable_id uuid not null references receivable (id),
  event_kind text not null check (event_kind in ('demand', 'negotiation_agreed', 'acknowledgement', 'judgment')),
  happened_on date not null,
  months integer check (months between 1 and 12),
  document_ids uuid[] not null default '{}',
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  withdrawn_reason text,
  check ((event_kind = 'negotiation_agreed') = (months is not null)),
  check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawn_reason is null))
);
create index limitation_event_receivable on limitation_event (receivable_id, happened_on);

select guard_with_audit('receivable_particulars'), guard_with_audit('limitation_event');
revoke delete on receivable_particulars, limitation_event from daicho_app;
