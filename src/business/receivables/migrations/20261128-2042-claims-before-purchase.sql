-- Whom we deal with now, before anything is bought: asked for by whoever looks after searches that are due.
create index receivable_before_purchase on receivable (client_id, debtor_id)
  where state in ('offered', 'verifying', 'verified', 'approved');
