-- What a missing or outdated search of news does, a rule per scope (JR §3.12). An alert until the company says otherwise: whoever has named a
-- provider of news chooses to stop, and nobody is stopped unawares by a new version of the program.
alter table company_version
  add column adverse_media_rule text not null default 'alert' check (adverse_media_rule in ('off', 'alert', 'stop')),
  add column credit_event_rule text not null default 'alert' check (credit_event_rule in ('off', 'alert', 'stop'));
