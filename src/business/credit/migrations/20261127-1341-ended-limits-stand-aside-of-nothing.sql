-- A limit that was revoked or replaced while a merge had set it aside kept the mark, and an unmerge did not take it off: the mark says
-- something about limits in force only.
create function ended_limit_is_not_aside() returns trigger language plpgsql as $$
begin
  new.set_aside := false;
  return new;
end $$;
create trigger ended_limit_is_not_aside before update on credit_limit
  for each row when (new.set_aside and (new.revoked_at is not null or new.superseded_at is not null))
  execute function ended_limit_is_not_aside();

alter table credit_limit disable trigger user;
update credit_limit set set_aside = false where set_aside and (revoked_at is not null or superseded_at is not null);
alter table credit_limit enable trigger user;
