-- Revokes key @id for good; nothing when it was before. @now: the shared clock. By key_id.
update synchealth.ingest_key set revoked_at = @now where key_id = @id and revoked_at is null;
