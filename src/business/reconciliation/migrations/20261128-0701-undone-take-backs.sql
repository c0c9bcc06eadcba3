-- 買戻し・解除・立替費用の取消 (FF §3, reversals; §4): never deleted, taken back by two people; and the day from which what the client owes for
-- a claim it took back bears late damages (FF §4.5). Rows of before name no day: they bear none.
alter table claim_take_back
  add column due_on date,
  add column undone_by uuid,
  add column undone_approved_by uuid,
  add column undone_at timestamptz,
  add column undo_reason text,
  add constraint taken_back_claim_is_due_after_it_went check (due_on >= taken_on),
  add constraint undoing_a_take_back_needs_two check (num_nonnulls(undone_by, undone_approved_by, undone_at, undo_reason) in (0, 4)
    and (undone_at is null or (undone_by <> undone_approved_by and length(undo_reason) >= 5))),
  drop constraint claim_is_taken_back_once;
create unique index claim_is_taken_back_once on claim_take_back (receivable_id) where undone_at is null;
create index claim_take_back_receivable on claim_take_back (receivable_id);

alter table advanced_cost
  add column undone_by uuid,
  add column undone_approved_by uuid,
  add column undone_at timestamptz,
  add column undo_reason text,
  add constraint undoing_a_cost_needs_two check (num_nonnulls(undone_by, undone_approved_by, undone_at, undo_reason) in (0, 4)
    and (undone_at is null or (undone_by <> undone_approved_by and length(undo_reason) >= 5)));

-- A penalty charged with a rescission ends with it.
alter table penalty add column undone_at timestamptz, add column undo_reason text,
  add constraint undoing_a_penalty_needs_a_reason check ((undone_at is null) = (undo_reason is null) and (undone_at is null or length(undo_reason) >= 5)),
  drop constraint penalty_stands_once;
create unique index penalty_stands_once on penalty (receivable_id, trigger, happened_on) where undone_at is null;

grant update (undone_by, undone_approved_by, undone_at, undo_reason) on claim_take_back, advanced_cost to daicho_app;
grant update (undone_at, undo_reason) on penalty to daicho_app;
