-- Signs @account out everywhere. By index on account.
delete from synchealth.session where account_id = @account;
