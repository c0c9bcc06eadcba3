-- How a paper came to us and what proves that it is whole (電子帳簿保存法7条, 規則4条), corrections of what it is found by, striking instead of
-- deleting, and legal holds (data dictionary, group 11).
alter table document
  -- Null: not recorded, as of all papers filed before.
  add column received_via text check (received_via in ('paper', 'email', 'web', 'e_contract', 'edi', 'media', 'made_here')),
  add column received_on date,
  add column authenticity text not null default 'history_system'
    check (authenticity in ('timestamped_by_sender', 'timestamped', 'history_system', 'rules')),
  add column timestamp_at timestamptz,
  add column valid_on date,
  add column text_version text check (length(text_version) between 1 and 50),
  add column counterparty_id uuid references party (id),
  add column corrected_at timestamptz,
  add column corrected_by uuid,
  add column correction_reason text,
  add column struck_at timestamptz,
  add column struck_by uuid,
  add column struck_reason text,
  add column held_since timestamptz,
  add column held_by uuid,
  add column hold_reason text,
  add constraint time_stamp_has_its_time check ((authenticity in ('timestamped_by_sender', 'timestamped')) = (timestamp_at is not null)),
  add constraint correction_is_whole check ((corrected_at is null) = (corrected_by is null) and (corrected_at is null) = (correction_reason is null)),
  add constraint strike_is_whole check ((struck_at is null) = (struck_by is null) and (struck_at is null) = (struck_reason is null)),
  add constraint hold_is_whole check ((held_since is null) = (held_by is null) and (held_since is null) = (hold_reason is null)),
  add constraint held_is_not_struck check (held_since is null or struck_at is null);
create index document_expiring on document (expires_on) where expires_on is not null and struck_at is null;
