-- The key with this SHA-256, unless revoked. By primary key.
select left(encode(key_hash, 'hex'), 12) as "Id", app_name as "AppName", label as "Label",
       allowed_origins as "AllowedOrigins", created_at as "CreatedAt", revoked_at as "RevokedAt"
from synchealth.ingest_key
where key_hash = @hash and revoked_at is null;
