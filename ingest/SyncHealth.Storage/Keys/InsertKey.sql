-- Adds an ingest key unless it exists. @hash: SHA-256 of the key. @now: the shared clock. By primary key.
insert into synchealth.ingest_key (key_hash, app_name, label, allowed_origins, created_at)
values (@hash, @appName, @label, @origins, @now)
on conflict (key_hash) do nothing;
