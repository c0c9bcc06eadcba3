-- What an import brought may be taken out again while nobody has used it; nothing else of these tables is ever deleted, and every
-- removal leaves its event, the reversal of its journal and the views of whoever saw it.
create table import_taken_over (
  record_id uuid primary key,
  batch_id uuid not null references import_batch (id)
);
create index import_taken_over_batch on import_taken_over (batch_id);

create function only_what_an_import_brought() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from import_taken_over where record_id = (to_jsonb(old) ->> tg_argv[0])::uuid) then
    raise exception 'only what an import brought may be taken out again: %', tg_table_name
      using errcode = 'raise_exception';
  end if;
  return old;
end $$;

create function may_be_taken_out(guarded regclass, key_column text) returns void language plpgsql as $$
begin
  execute format('create trigger only_what_an_import_brought before delete on %s
    for each row execute function only_what_an_import_brought(%L)', guarded, key_column);
  execute format('grant delete on %s to daicho_app', guarded);
end $$;
revoke execute on function may_be_taken_out(regclass, text) from public;

select may_be_taken_out('bank_account', 'id'),
  may_be_taken_out('credit_limit', 'id'),
  may_be_taken_out('kyc_case', 'id'),
  may_be_taken_out('kyc_document', 'case_id'),
  may_be_taken_out('contract', 'id'),
  may_be_taken_out('contract_version', 'contract_id'),
  may_be_taken_out('receivable', 'id'),
  may_be_taken_out('receivable_step', 'receivable_id'),
  may_be_taken_out('receivable_movement', 'receivable_id'),
  may_be_taken_out('duplicate_check', 'receivable_id'),
  may_be_taken_out('purchase', 'id'),
  may_be_taken_out('credit_exposure', 'receivable_id');
