-- Links that can still be used, the next to expire first. @now: the clock. A scan: there are tens.
select name as "Name", role as "Role", created_by as "CreatedBy", expires_at as "ExpiresAt"
from synchealth.invitation
where expires_at > @now
order by expires_at;
