-- Uses a link up and answers whose account it made or gave a new password; the sessions of that account end.
-- Nothing when the link is unknown, used or too old, or when a name of one's own choice is somebody's: the caller then rolls back.
-- @hash: SHA-256 of the link's secret. @name and @key: the chosen name, for links without one. @id: of a new account. @now: the clock.
with used as (
         delete from synchealth.invitation where token_hash = @hash and expires_at > @now
         returning name, name_key, role),
     saved as (
         insert into synchealth.account (account_id, name, name_key, role, password_hash, created_at)
         select @id, coalesce(used.name, @name), coalesce(used.name_key, @key), used.role, @passwordHash, @now from used
         on conflict (name_key) do update set password_hash = excluded.password_hash, role = excluded.role
             where (select used.name from used) is not null
         returning account_id),
     ended as (delete from synchealth.session where account_id in (select account_id from saved))
select account_id from saved;
