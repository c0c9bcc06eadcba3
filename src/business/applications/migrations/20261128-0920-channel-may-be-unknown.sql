-- An application taken over from papers that do not say how it came has no channel; nobody invents one.
alter table application alter column channel drop not null;
