-- Partitions of a month, an app on twelve core segments, and the state of @devices devices and of a busy one, number 0; two devices in a row are one user's. Device
-- keys are random, as hashes are. Beside them what stands aside of events: one in a hundred is in quarantine, and each device told of drops. @now: end of the month.
-- @app: its name.
select synchealth.create_event_partition(day::date)
from generate_series(date_trunc('day', @now::timestamptz, 'UTC') - interval '30 days', date_trunc('day', @now::timestamptz, 'UTC') + interval '1 day', interval '1 day') day;

insert into synchealth.app (name, first_seen_at) values (@app, @now::timestamptz - interval '30 days');

insert into synchealth.core_segment (app_id, environment, app_version, os, network)
select a.app_id, 'production', version, os, network
from synchealth.app a, unnest('{2.3.2,2.4.1,2.5.0}'::text[]) version, unnest('{android,ios}'::text[]) os, unnest('{wifi,cellular}'::text[]) network
where a.name = @app
order by version, os, network desc;

insert into synchealth.segment (core_id, os_version, type, trigger)
select c.core_id, '14', 'delta', 'foreground' from synchealth.core_segment c join synchealth.app a using (app_id) where a.name = @app order by c.core_id;

insert into synchealth.device_profile (device_model, tags) values ('Pixel 8', '{}') on conflict do nothing;

-- The places, from 1 to 12 in the order of core segments, where a device is: on both networks of one version and system.
create function bench_places(device bigint) returns setof integer language sql immutable as $$
    select (2 * (device % 6) + n)::integer from generate_series(1, 2) n
$$;

insert into synchealth.device_state (
    device_key, user_key, app_id, first_seen_at, last_seen_at, last_received_at, last_success_at, last_seq, last_hash, clock_offset_ms, segment_id, profile_id, queue_depth)
select hashint8extended(device, 0), hashint8extended(device / 2, 7), a.app_id, @now::timestamptz - interval '30 days', @now::timestamptz - interval '5 minutes',
    @now::timestamptz - interval '5 minutes', @now::timestamptz - interval '5 minutes', 0, 0, 0,
    (select min(s.segment_id) from synchealth.segment s) + 2 * (device % 6), (select min(p.profile_id) from synchealth.device_profile p), 0
from synchealth.app a cross join generate_series(0, @devices) device
where a.name = @app;

insert into synchealth.quarantined_event (app_name, device_key, device_at, received_at, code, body)
select @app, hashint8extended(device, 0), @now, @now, 'timestamp_out_of_range', repeat('x', 400) from generate_series(0, @devices) device;

insert into synchealth.reported_drop (device_key, batch_hash, reason, app_id, received_at, count)
select hashint8extended(device, 0), 1, 'queue_full', a.app_id, @now, 3 from synchealth.app a cross join generate_series(0, @devices) device where a.name = @app;

insert into synchealth.device_open_hour (core_id, device_key, hour_at, minutes)
select c.ids[place], hashint8extended(device, 0), date_trunc('hour', @now::timestamptz, 'UTC') - interval '1 hour' * back, 1
from generate_series(0, @devices) device cross join lateral bench_places(device) place cross join generate_series(0, 1) back
cross join (select array_agg(core_id order by core_id) as ids from synchealth.core_segment) c;
