-- 承認率 and 成約率 of a month are counted from these.
create index application_decided on application (decided_at) where decided_at is not null;
create index application_ended on application (ended_at) where ended_at is not null;
