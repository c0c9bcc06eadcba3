-- Clients and debtors of one stage, and companies of one status, newest first: without these a list of the few debtors in trade, or of
-- the blocked, reads every company there is.
create index party_clients_of_a_stage on party ((coalesce(identity_stage, stage)), id desc)
  where folded_into is null and coalesce(identity_roles, roles) @> array['client'];
create index party_debtors_of_a_stage on party ((coalesce(identity_stage, stage)), id desc)
  where folded_into is null and coalesce(identity_roles, roles) @> array['debtor'];
create index party_of_a_status on party ((coalesce(identity_status, status)), id desc) where folded_into is null;
