-- Segregation over one deal (architecture.md): who registered does not approve, who approved does not pay out; whatever the program does.
-- Constraints hold for every new or changed row; rows from before are left as they are.
alter table receivable add column exception_approved_by uuid, add column purchased_by uuid;
alter table receivable add constraint exception_approver_must_not_have_registered
  check (exception_approved_by is null or exception_approved_by <> registered_by) not valid;
alter table receivable add constraint approver_must_not_purchase
  check (purchased_by is null or (purchased_by is distinct from approved_by and purchased_by is distinct from exception_approved_by)) not valid;

-- Whoever wrote the terms last, or registered the contract, does not approve its execution; the same for an amendment.
alter table contract add column terms_by uuid;
alter table contract add constraint approver_must_not_have_written_the_terms
  check (execution_approved_by is null or terms_by is null or execution_approved_by <> terms_by) not valid;
alter table contract_version add constraint amendment_takes_two check (approved_by is null or approved_by <> recorded_by) not valid;

-- Everybody who registered the deal that is paid for, everybody who approved it, and everybody who had a hand in the payment.
alter table payment_out add column deal_registrars uuid[] not null default '{}', add column handled_by uuid[] not null default '{}';
alter table payment_out drop constraint deal_approver_must_not_pay_out;
alter table payment_out add constraint deal_approver_must_not_pay_out
  check (not (deal_approvers && (handled_by || array[prepared_by, checked_by, approved_by]))) not valid;
alter table payment_out add constraint registrar_must_not_approve_payout
  check (approved_by is null or not approved_by = any(deal_registrars)) not valid;
