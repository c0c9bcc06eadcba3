-- 取引の目的 as a choice with its words of the day; a choice of the list may carry a text, 「その他」 must (data dictionary, group 3). Checks from
-- before keep their text and have no code.
alter table kyc_case
  add column purpose_code text check (length(purpose_code) between 2 and 40),
  add column purpose_label text check (length(purpose_label) between 1 and 60),
  alter column purpose drop not null,
  add constraint purpose_is_a_choice_or_a_text check (
    case when purpose_code is null then purpose_label is null and purpose is not null
      when purpose_code = 'other' then purpose_label is null and purpose is not null
      else purpose_label is not null end);
