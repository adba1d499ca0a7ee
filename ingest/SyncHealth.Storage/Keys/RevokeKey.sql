-- Revokes the key whose hash begins with @id (12 hexadecimal digits). @now: the shared clock. A scan: there are tens of them.
update synchealth.ingest_key set revoked_at = @now
where left(encode(key_hash, 'hex'), 12) = @id and revoked_at is null;
