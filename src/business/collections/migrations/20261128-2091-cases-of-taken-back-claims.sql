-- A case which the clock opened and nobody has touched goes when the registration of its claim is taken back; others are never deleted.
create function forget_untouched_cases(claim uuid) returns setof text
language sql security definer set search_path = public, pg_temp as $$
  delete from collection_case c
  where c.receivable_id = claim and c.state = 'opened' and c.row_version = 1 and c.owner_id is null
  returning c.case_no
$$;
revoke all on function forget_untouched_cases(uuid) from public;
grant execute on function forget_untouched_cases(uuid) to daicho_app;
