-- Sets account @id's role, unless that would take the last admin. The admins are locked, so that of two that are demoted at once one stays.
with admins as (select account_id from synchealth.account where role = 3 order by account_id for update),
     changed as (
         update synchealth.account set role = @role
         where account_id = @id and (role <> 3 or @role = 3 or (select count(*) from admins) > 1)
         returning account_id)
select exists (select from synchealth.account where account_id = @id) as "Known", exists (select from changed) as "Changed";
