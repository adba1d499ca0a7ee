-- Roles of the names that have an account. @keys: names in lower case. By unique key.
select name_key as "Key", role as "Role" from synchealth.account where name_key = any(@keys::text[]);
