-- 債権の種類コード of the registry of assignments as the company uses them, in versions like the other settings; empty until it enters them.
alter table company_version
  add column claim_types jsonb not null default '[]'
    check (jsonb_typeof(claim_types) = 'array' and jsonb_array_length(claim_types) <= 50);
