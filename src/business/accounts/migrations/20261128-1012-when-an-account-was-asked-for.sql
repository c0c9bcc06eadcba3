-- When somebody asked for the account; left out, when it was registered. A number of the customer that came after that is no known number.
alter table bank_account add column asked_at timestamptz;
