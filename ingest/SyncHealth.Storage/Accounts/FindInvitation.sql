-- What a one-time link is for; nothing when it is unknown, used or too old. @hash: SHA-256 of its secret. @now: the clock. By primary key.
select name as "Name", role as "Role", created_by as "CreatedBy", expires_at as "ExpiresAt"
from synchealth.invitation
where token_hash = @hash and expires_at > @now;
