-- Keeps a one-time link; an earlier one for the same name, or an earlier one for whoever comes first, is void, and those that are too old go.
-- @hash: SHA-256 of the link's secret. @key: the name in lower case, null as @name for a name of one's own choice. @now: the clock.
delete from synchealth.invitation where expires_at <= @now or name_key is not distinct from @key::text;
insert into synchealth.invitation (token_hash, name, name_key, role, created_by, created_at, expires_at)
values (@hash, @name::text, @key::text, @role, @by, @now, @expiresAt);
