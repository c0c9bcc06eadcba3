-- Why a list was taken out (data dictionary, group 12, export_event); unknown of exports of before.
alter table list_export add column purpose text check (length(purpose) >= 5);
