-- Pauses key @id; nothing when it is revoked. A paused one stays as it is. @now: the shared clock. By key_id.
update synchealth.ingest_key set paused_at = coalesce(paused_at, @now) where key_id = @id and revoked_at is null;
