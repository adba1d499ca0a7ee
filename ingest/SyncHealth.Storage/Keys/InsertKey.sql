-- Adds an ingest key unless it exists; it begins a line of its own. @hash: SHA-256 of the key. @now: the shared clock. By primary key.
insert into synchealth.ingest_key (key_hash, line, app_name, label, allowed_origins, events_per_second, created_at)
values (@hash, left(encode(@hash::bytea, 'hex'), 12), @AppName, @Label, @origins::text[], @EventsPerSecond::integer, @now)
on conflict (key_hash) do nothing;
