-- All ingest keys, oldest first. A scan: there are tens of them.
select left(encode(key_hash, 'hex'), 12) as "Id", app_name as "AppName", label as "Label",
       allowed_origins as "AllowedOrigins", created_at as "CreatedAt", revoked_at as "RevokedAt"
from synchealth.ingest_key
order by created_at, key_hash;
