-- Archives (原本と索引): what stands behind the rows of a list, as one ZIP. It lies outside the database, sealed piece by piece.
alter table list_export drop constraint list_export_format_check;
alter table list_export
  add constraint list_export_format_check check (format in ('csv', 'xlsx', 'zip')),
  alter column size_bytes type bigint,
  -- SHA-256 of the file as it is fetched (data dictionary, export_event); null of files made before.
  add column file_hash text check (file_hash ~ '^[0-9a-f]{64}$'),
  add column note text check (length(note) between 1 and 500);
alter table list_export_file
  alter column content_sealed drop not null,
  add column stored_path text,
  add constraint export_lies_in_one_place check ((content_sealed is null) <> (stored_path is null));

-- How far an archive has come; written beside the transaction that makes it, and no part of the trail.
create table list_export_progress (
  export_id uuid primary key references list_export (id),
  rows_done integer not null check (rows_done >= 0),
  rows_total integer not null check (rows_total >= 0)
);
