-- What a request planned, found by the request.
create index planned_change_request on planned_change (change_request_id) where change_request_id is not null;
