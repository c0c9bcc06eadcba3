-- Declared owners who differ from those that follow from holdings are a sign of change too.
alter table change_review drop constraint change_review_source_check;
alter table change_review add constraint change_review_source_check check (source in ('registry', 'registry_document',
  'gbiz_representative', 'returned_mail', 'payee_mismatch', 'score_drop', 'yearly_confirmation', 'owners_differ'));

-- How far the trail has been read for changes of owners, by (block, position).
create table owners_watch_mark (
  only_row boolean primary key default true check (only_row),
  block bigint not null,
  position bigint not null
);
insert into owners_watch_mark (block, position) values (0, 0);
