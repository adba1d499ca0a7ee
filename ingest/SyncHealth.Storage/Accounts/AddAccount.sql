-- Gives a name a role; an existing account keeps its password and gets the role, unless it is the last admin's. @key: the name in lower case. @now: the clock.
-- The admins are locked, so that of two that are demoted at once one stays.
with admins as (select account_id from synchealth.account where role = 3 order by account_id for update)
insert into synchealth.account (account_id, name, name_key, role, created_at) values (@id, @name, @key, @role, @now)
on conflict (name_key) do update set role = excluded.role
    where excluded.role = 3 or synchealth.account.role <> 3 or (select count(*) from admins) > 1;
