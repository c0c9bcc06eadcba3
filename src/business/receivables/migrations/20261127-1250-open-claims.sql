-- Bought claims that are still open, by the day they must be paid: what the checks for overdue claims read, however many were paid before.
create index receivable_open on receivable (payable_on, id)
  where state in ('purchased', 'dunning', 'legal') and purchased_yen - collected_yen - diluted_yen > 0;
