-- Everybody, by name, with the browsers that are signed in. @startedAfter: older sessions are over. A scan: there are tens.
select a.account_id as "Id", a.name as "Name", a.role as "Role", a.password_hash is not null as "HasPassword", a.created_at as "CreatedAt",
       (select count(*)::integer from synchealth.session s where s.account_id = a.account_id and s.started_at > @startedAfter) as "Sessions"
from synchealth.account a
order by a.name_key;
