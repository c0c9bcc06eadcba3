-- Thresholds of identity checks and the rest of virtual accounts as company settings, in versions like the others (JR §3.2, §3.4, §8).
alter table company_version
  add column face_match_min_ppm integer not null default 850000 check (face_match_min_ppm between 0 and 1000000),
  add column asset_income_over_yen bigint not null default 2000000 check (asset_income_over_yen between 0 and 1000000000000),
  add column virtual_rest_months integer not null default 24 check (virtual_rest_months between 0 and 240);
