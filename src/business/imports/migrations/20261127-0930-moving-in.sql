-- データ移行: a batch has a kind and a table chosen in its file, keeps sums of yen, can be stopped between chunks, and old numbers lead
-- later files to the records of earlier ones (data dictionary, group 15, import_batch).
alter table import_batch
  add column kind text not null default 'customers',
  add column heading_line integer not null default 1 check (heading_line >= 1),
  add column sums jsonb,
  drop constraint import_batch_state_check,
  drop constraint import_batch_row_count_check,
  add constraint import_batch_row_count_check check (row_count >= 0),
  add constraint import_batch_state_check check (state in
    ('opened', 'rehearsing', 'rehearsed', 'approved', 'applied', 'reverting', 'reverted', 'discarded', 'stopped', 'failed'));
alter table import_batch alter column kind drop default;
update import_batch set options = options || '{"numbering": "旧システム", "cutOverOn": null, "cleaning": [], "control": {"rows": null, "yen": {}}}';
update import_batch set counts = counts || '{"skipped": 0}' where counts is not null;

alter table import_chunk
  add column carry_sealed text,
  add column rehearsed_at timestamptz;
update import_chunk c set rehearsed_at = b.opened_at from import_batch b
  where b.id = c.batch_id and b.state not in ('opened', 'rehearsing');

alter table import_row
  add column record_id uuid,
  add column refs jsonb not null default '{}',
  drop constraint import_row_outcome_check,
  add constraint import_row_outcome_check check (outcome in ('new', 'update', 'merged', 'refused', 'skipped'));
update import_row set record_id = party_id where state in ('applied', 'kept', 'reverted');

alter table import_template
  add column kind text not null default 'customers',
  add column heading_line integer,
  add column options jsonb not null default '{}';
alter table import_template alter column kind drop default;

create table import_source_no (
  numbering text not null check (length(numbering) between 1 and 50),
  record_kind text not null,
  source_no text not null check (length(source_no) between 1 and 100),
  record_id uuid not null,
  batch_id uuid not null references import_batch (id),
  row_no integer not null,
  primary key (numbering, record_kind, source_no)
);
create index import_source_no_record on import_source_no (record_id);
create index import_source_no_batch on import_source_no (batch_id, row_no);
select guard_with_audit('import_source_no');
