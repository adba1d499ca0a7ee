-- Sets account @id's password and ends its sessions, all but @keep. By primary key.
with ended as (delete from synchealth.session where account_id = @id and session_id <> @keep)
update synchealth.account set password_hash = @passwordHash where account_id = @id;
