-- A suspected double on which two people agreed is no longer a suspicion: the claim says what was judged.
alter table receivable
  drop constraint receivable_duplicate_result_check,
  add constraint receivable_duplicate_result_check
    check (duplicate_result in ('clear', 'suspect', 'confirmed', 'judged_different', 'judged_same')) not valid;
alter table receivable validate constraint receivable_duplicate_result_check;
