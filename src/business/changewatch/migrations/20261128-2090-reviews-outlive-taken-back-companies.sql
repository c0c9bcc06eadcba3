-- A company whose registration is taken back leaves its review behind, closed, without the company.
alter table change_review alter column party_id drop not null;
alter table change_review add constraint open_review_names_a_company check (party_id is not null or closed_at is not null);
