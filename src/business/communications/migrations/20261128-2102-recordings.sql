-- 録音・文字起こし (data dictionary, group 10: recording, transcript): files of a communication under the party's key, with the notice that it was
-- recorded and until when they are kept. Who may know of the communication is as the communication says.
create table communication_recording (
  id uuid primary key,
  seen_no integer not null unique default nextval('seen_no_seq'),
  -- The first version's id.
  communication_id uuid not null references communication (id),
  -- Whose key they lie under.
  party_id uuid not null references party (id),
  kind text not null check (kind in ('recording', 'transcript')),
  original_file_name text not null,
  mime text not null,
  size_bytes integer not null check (size_bytes > 0),
  content_hash text not null,
  stored_path text not null,
  consent_given boolean not null,
  consent_how text check (length(consent_how) between 2 and 300),
  retain_until date not null,
  added_by uuid not null,
  added_at timestamptz not null,
  constraint notice_says_how check (not consent_given or consent_how is not null)
);
create index communication_recording_of on communication_recording (communication_id, id);
create index communication_recording_party on communication_recording (party_id);
create index communication_recording_due on communication_recording (retain_until);
select guard_with_audit('communication_recording');
revoke update, delete on communication_recording from daicho_app;
