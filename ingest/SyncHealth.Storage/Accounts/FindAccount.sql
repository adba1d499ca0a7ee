-- What signing in under a name is checked against. @key: the name in lower case. By unique key.
select account_id as "Id", password_hash as "PasswordHash" from synchealth.account where name_key = @key;
