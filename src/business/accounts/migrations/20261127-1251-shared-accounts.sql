-- Accounts in force by number and holder: finds numbers that stand under several companies without reading the accounts.
create index bank_account_shared on bank_account (account_hash, party_id) where valid_to is null and party_id is not null;
