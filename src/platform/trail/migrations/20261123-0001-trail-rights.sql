-- The program may add to the trail and read it, and take from the queue what it has sealed; nothing else.
revoke update, delete on audit_event, audit_event_subject, view_event, audit_block, audit_leaf from daicho_app;
revoke update, delete on view_event_rest from daicho_app;
revoke insert, update on audit_unsealed from daicho_app;
alter function ensure_view_partitions(date) owner to current_user;
