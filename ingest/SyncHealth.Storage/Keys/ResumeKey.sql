-- Lets key @id write again; nothing when it is revoked. By key_id.
update synchealth.ingest_key set paused_at = null where key_id = @id and revoked_at is null;
