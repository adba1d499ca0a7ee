-- Puts a successor beside key @id, with all that it may do; nothing when it is revoked or its line has two live keys already.
-- @hash: SHA-256 of the successor. @now: the shared clock. By key_id; the unique index on live slots settles who of two comes first.
insert into synchealth.ingest_key (key_hash, line, slot, app_name, label, allowed_origins, events_per_second, created_at)
select @hash, line, 3 - slot, app_name, label, allowed_origins, events_per_second, @now
from synchealth.ingest_key
where key_id = @id and revoked_at is null
on conflict (line, slot) where revoked_at is null do nothing;
