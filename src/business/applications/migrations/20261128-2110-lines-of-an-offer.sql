-- What a funder offers per claim (data dictionary, group 13, quote: per receivable); whoever answers with totals alone has none. A new answer
-- replaces them with the offer; what stood before is in its event.
create table panel_sending_line (
  sending_id uuid not null references panel_sending (id),
  receivable_id uuid not null references receivable (id),
  eligible_yen bigint not null check (eligible_yen > 0),
  purchased_yen bigint not null check (purchased_yen > 0),
  advance_yen bigint not null check (advance_yen >= 0),
  reserve_yen bigint not null check (reserve_yen >= 0),
  fee_yen bigint not null check (fee_yen >= 0),
  primary key (sending_id, receivable_id),
  constraint panel_line_buys_what_is_eligible check (purchased_yen <= eligible_yen),
  constraint panel_line_is_advance_and_reserve check (advance_yen + reserve_yen = purchased_yen),
  constraint panel_line_leaves_an_advance check (fee_yen <= advance_yen)
);
create index panel_sending_line_receivable on panel_sending_line (receivable_id);
select guard_with_audit('panel_sending_line');
revoke update on panel_sending_line from daicho_app;
