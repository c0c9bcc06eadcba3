-- 決裁権限 (data dictionary, group 5, authority_level): up to which amount a role decides on requests of a kind. No row for a permission: as before,
-- the permission is enough. Written by the rule book's version in force, which keeps the history.
create table approval_authority (
  permission text not null,
  -- The level is the role that has it.
  role text not null,
  -- Yen; null: whatever the amount.
  upto_yen bigint check (upto_yen > 0),
  position integer not null,
  primary key (permission, role)
);
select guard_with_audit('approval_authority');
