-- Removes account @id with its sessions, unless it is the last admin's. The admins are locked, so that of two that are removed at once one stays.
with admins as (select account_id from synchealth.account where role = 3 order by account_id for update),
     changed as (
         delete from synchealth.account
         where account_id = @id and (role <> 3 or (select count(*) from admins) > 1)
         returning account_id)
select exists (select from synchealth.account where account_id = @id) as "Known", exists (select from changed) as "Changed";
