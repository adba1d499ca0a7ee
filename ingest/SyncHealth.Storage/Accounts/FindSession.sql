-- Who holds a token. @hash: its SHA-256. @startedAfter: older sessions are over. By primary key.
select s.session_id as "Id", s.account_id as "AccountId", a.name as "Name", a.role as "Role"
from synchealth.session s join synchealth.account a using (account_id)
where s.token_hash = @hash and s.started_at > @startedAfter;
