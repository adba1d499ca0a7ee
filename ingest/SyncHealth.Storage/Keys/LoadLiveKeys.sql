-- Everything that admitting a request asks the database: the keys that may write, and the limits of apps. Two scans: there are tens of each.
select key_hash as "Hash", key_id as "Id", app_name as "AppName", label as "Label", allowed_origins as "AllowedOrigins", line as "Line",
       events_per_second as "EventsPerSecond", created_at as "CreatedAt"
from synchealth.ingest_key
where revoked_at is null and paused_at is null;
select app_name as "App", events_per_second as "EventsPerSecond", raw_days as "RawDays"
from synchealth.app_setting
where events_per_second is not null or raw_days is not null;
