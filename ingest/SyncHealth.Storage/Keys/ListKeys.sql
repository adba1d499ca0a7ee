-- All ingest keys, oldest first. A scan: there are tens of them.
select key_id as "Id", app_name as "AppName", label as "Label", allowed_origins as "AllowedOrigins", line as "Line",
       events_per_second as "EventsPerSecond", created_at as "CreatedAt", paused_at as "PausedAt", revoked_at as "RevokedAt",
       last_used_at as "LastUsedAt"
from synchealth.ingest_key
order by created_at, key_id;
