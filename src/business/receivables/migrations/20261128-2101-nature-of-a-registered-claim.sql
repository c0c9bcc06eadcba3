-- The legal nature somebody found the claim to have, and the words of the claim type on that day. Registrations from before have neither.
alter table assignment_registration
  add column claim_nature text check (claim_nature in ('price_of_goods', 'fee_for_work', 'other')),
  add column claim_type_label text check (length(claim_type_label) between 1 and 60);
