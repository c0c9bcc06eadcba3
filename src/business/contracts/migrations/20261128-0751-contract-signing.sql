-- How a contract was signed and how it goes on (data dictionary, group 7), one row a contract; corrected with a reason, earlier values stand
-- in the events.
create table contract_signing (
  contract_id uuid primary key references contract (id),
  row_version integer not null default 1,
  signer_id uuid references person (id),
  sign_provider text check (length(sign_provider) between 1 and 100),
  envelope_id text check (length(envelope_id) between 1 and 100),
  signature_valid boolean,
  stamp_duty_yen bigint check (stamp_duty_yen >= 0),
  stamp_cancelled boolean,
  renewal text check (renewal in ('none', 'automatic', 'by_agreement')),
  notice_days integer check (notice_days between 0 and 366),
  antisocial_clause_version text check (length(antisocial_clause_version) between 1 and 50),
  recorded_by uuid not null,
  recorded_at timestamptz not null
);
create index contract_signing_signer on contract_signing (signer_id) where signer_id is not null;
select guard_with_audit('contract_signing');
revoke delete on contract_signing from daicho_app;
