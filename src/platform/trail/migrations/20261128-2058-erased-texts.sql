-- Events whose values disposal has taken out. The event stays with who, when, what and on which record; its hash stays in the sealed leaf, and
-- the disposal's own event names the set of erased texts, so that a verification knows an erased text from a changed one.
create table audit_erasure (
  event_id uuid primary key references audit_event (id),
  disposal_id uuid not null
);
create index audit_erasure_disposal on audit_erasure (disposal_id);
revoke insert, update, delete on audit_erasure from daicho_app;
