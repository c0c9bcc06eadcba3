-- Whether a later paper of the kind has come is asked for each paper that expires; without this every document was read for it.
create index document_of_subject on document (data_subject_id, doc_kind, id) where struck_at is null;
