-- 営業時間・休業日・連絡の時間帯 as company settings, in versions like the others. What was a constant is the default; contacts never
-- reach beyond 8:00-21:00 (FF §7; 貸金業法施行規則 19条), whatever the company says.
alter table company_version
  add column opens_at text not null default '09:00' check (opens_at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  add column closes_at text not null default '18:00' check (closes_at ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  add column closed_days text[] not null default '{}' check (cardinality(closed_days) <= 200),
  add column contact_from text not null default '08:00' check (contact_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  add column contact_to text not null default '21:00' check (contact_to ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  add column contact_days text not null default 'every_day' check (contact_days in ('every_day', 'business_days')),
  add constraint company_must_open_before_it_closes check (opens_at < closes_at),
  add constraint contact_hours_must_be_within_the_law check (contact_from >= '08:00' and contact_to <= '21:00' and contact_from < contact_to);
