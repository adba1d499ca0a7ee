-- Partitions of a month, an app, and the state of @devices devices and one more. Device keys are random, as hashes are. @now: end of the month. @app: its name.
select synchealth.create_event_partition(day::date)
from generate_series(date_trunc('day', @now::timestamptz, 'UTC') - interval '30 days', date_trunc('day', @now::timestamptz, 'UTC') + interval '1 day', interval '1 day') day;

insert into synchealth.app (name, first_seen_at) values (@app, @now::timestamptz - interval '30 days');

insert into synchealth.core_segment (app_id, environment, app_version, os, network)
select app_id, 'production', '2.4.1', 'android', network from synchealth.app, unnest('{wifi,cellular}'::text[]) network where name = @app;

insert into synchealth.segment (core_id, os_version, type, trigger)
select c.core_id, '14', 'delta', 'foreground' from synchealth.core_segment c join synchealth.app a using (app_id) where a.name = @app;

insert into synchealth.device_profile (device_model, tags) values ('Pixel 8', '{}') on conflict do nothing;

insert into synchealth.device_state (
    device_key, app_id, first_seen_at, last_seen_at, last_received_at, last_success_at, last_seq, last_hash, clock_offset_ms, segment_id, profile_id, queue_depth)
select hashint8extended(device, 0), a.app_id, @now::timestamptz - interval '30 days', @now::timestamptz - interval '5 minutes', @now::timestamptz - interval '5 minutes', @now::timestamptz - interval '5 minutes',
    0, 0, 0, (select min(s.segment_id) from synchealth.segment s), (select min(p.profile_id) from synchealth.device_profile p), 0
from synchealth.app a cross join generate_series(0, @devices) device
where a.name = @app;
