-- Each page asks how many alerts wait for whoever looks: by person, or by role where nobody was named.
create index alert_of_a_person on alert (owner_staff_id, state) where owner_staff_id is not null;
create index alert_of_a_role on alert (owner_role, state) where owner_staff_id is null;
