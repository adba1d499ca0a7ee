-- Those of sessions @ids that still hold, with what their people may do now. @startedAfter: older sessions are over. By unique key.
select s.session_id as "Id", s.account_id as "AccountId", a.name as "Name", a.role as "Role"
from synchealth.session s join synchealth.account a using (account_id)
where s.session_id = any(@ids::uuid[]) and s.started_at > @startedAfter;
