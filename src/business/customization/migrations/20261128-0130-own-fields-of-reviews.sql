-- The company's own fields, statuses and tags also of credit reviews.
alter table custom_field drop constraint custom_field_record_kind_check, add constraint custom_field_record_kind_check
  check (record_kind in ('party', 'person', 'bank_account', 'credit_review', 'contract', 'receivable', 'application', 'inquiry', 'incident')) not valid;
alter table custom_field validate constraint custom_field_record_kind_check;
alter table mark drop constraint mark_record_kind_check, add constraint mark_record_kind_check
  check (record_kind in ('party', 'person', 'bank_account', 'credit_review', 'contract', 'receivable', 'application', 'inquiry', 'incident')) not valid;
alter table mark validate constraint mark_record_kind_check;
