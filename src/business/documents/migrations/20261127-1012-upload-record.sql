-- An upload is made for one record, checked when it arrives; the document made of it is linked to that record and no other.
delete from document_upload where taken_at is null;
alter table document_upload add column record_kind text, add column record_id uuid;
update document_upload set record_kind = 'party', record_id = data_subject_id;
alter table document_upload alter column record_kind set not null, alter column record_id set not null;
