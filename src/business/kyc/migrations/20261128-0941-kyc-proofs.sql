-- What IC chips, signatures and selfies said (data dictionary, group 3; JR §3.4), which side of a document was kept and that it was masked
-- (JR §3.3), the regime a check was begun under (JR §3.1), and how much one transaction moves at most (JR §3.2).
alter table kyc_case
  add column regime text check (regime in ('statutory', 'voluntary')),
  -- Null: not declared; then the check is held to what the largest sum asks for.
  add column expected_yen bigint check (expected_yen >= 0);

alter table kyc_document
  add column side text check (side in ('front', 'back', 'both')),
  add column masked boolean not null default false;

create table kyc_electronic_check (
  id uuid primary key,
  case_id uuid not null references kyc_case (id),
  -- Whom it was about: the party itself when null.
  person_id uuid references person (id),
  checked_on date not null,
  provider text,
  ic_read_result text check (ic_read_result in ('matched', 'mismatch', 'unreadable')),
  signature_valid boolean,
  revocation_checked_at timestamptz,
  face_match_score integer check (face_match_score between 0 and 1000000),
  -- The company's threshold when it was recorded; a later one does not judge it.
  face_threshold_ppm integer check (face_threshold_ppm between 0 and 1000000),
  liveness text check (liveness in ('passed', 'failed')),
  bank_confirmed boolean,
  evidence uuid[] not null,
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  constraint a_score_has_its_threshold check ((face_match_score is null) = (face_threshold_ppm is null))
);
create index kyc_electronic_check_case on kyc_electronic_check (case_id);
select guard_with_audit('kyc_electronic_check');
revoke update, delete on kyc_electronic_check from daicho_app;
