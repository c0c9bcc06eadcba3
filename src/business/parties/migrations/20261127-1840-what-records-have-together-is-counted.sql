-- How many companies are clients, in trade, blocked: without these counts the database takes every role for rare and reads all clients to
-- list the first fifty.
create statistics party_roles_together on (coalesce(identity_roles, roles)) from party;
create statistics party_stage_together on (coalesce(identity_stage, stage)) from party;
create statistics party_status_together on (coalesce(identity_status, status)) from party;
analyze party;
