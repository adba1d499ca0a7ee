-- Gives key @id other web origins; nothing when it is revoked. By key_id.
update synchealth.ingest_key set allowed_origins = @origins::text[] where key_id = @id and revoked_at is null;
