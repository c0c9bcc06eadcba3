-- 商品枠: under which plan a claim stands at risk, kept by the application it belongs to; none without a plan.
alter table credit_exposure add column plan_id uuid references plan (id);
create index credit_exposure_plan on credit_exposure (plan_id) include (amount_yen) where plan_id is not null and state <> 'ended';
