-- A limit may name the credit review it stands on; null for limits from before reviews were kept, and for those which rest on none.
alter table credit_limit add column review_id uuid references credit_review (id);
create index credit_limit_review on credit_limit (review_id) where review_id is not null;
