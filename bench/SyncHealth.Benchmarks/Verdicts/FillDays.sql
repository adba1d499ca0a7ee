-- A month of a fleet that takes a release, as the fold would have left it: @devices devices, a row a device and day, on eight core segments; a tenth stays on
-- 2.3.2, of the others every second takes 2.5.0 on one of the last twenty days. 2.5.0 fails a point and a half more on cellular. Device keys are random, as
-- hashes are, and rows lie in the order of their devices' numbers, so that a part of the keys is spread over the whole table.
-- @now: noon of the last day. @app: its name. Indexes are built after the rows.
insert into synchealth.app (name, first_seen_at) values (@app, @now::timestamptz - interval '30 days');

insert into synchealth.core_segment (app_id, environment, app_version, os, network)
select a.app_id, 'production', version, os, network
from synchealth.app a, unnest('{2.3.2,2.4.1,2.5.0}'::text[]) version, unnest('{android,ios}'::text[]) os, unnest('{wifi,cellular}'::text[]) network
where a.name = @app;

insert into synchealth.segment (core_id, os_version, type, trigger)
select c.core_id, '14', 'delta', 'foreground' from synchealth.core_segment c join synchealth.app a using (app_id) where a.name = @app;

insert into synchealth.device_profile (device_model, tags) values ('Pixel 8', '{}') on conflict do nothing;

alter table synchealth.device_day drop constraint device_day_pkey;
alter table synchealth.device_release drop constraint device_release_pkey;

insert into synchealth.device_day (
    device_key, day_at, core_id, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted, conflicts, sketch)
select d.device_key, x.day_at, c.core_id, x.attempts, x.attempts - x.failures, 0, 0, x.attempts - x.failures, 0, x.failures, 0,
    case when (d.number * 7 + day) % 50 = 0 then 1 else 0 end, case when (d.number + day) % 30 = 0 then 1 else 0 end, case when (d.number + day) % 30 = 0 then 1 else 0 end,
    '\x00fa00000002010400000003'
from generate_series(0, 29) day
cross join (select number, hashint8extended(number, 0) as device_key, number % 10 <> 0 and number % 2 = 1 as takes from generate_series(1, @devices) number) d
cross join lateral (
    select date_trunc('day', @now::timestamptz, 'UTC') - interval '1 day' * (29 - day) as day_at, 3 + (d.number * 31 + day * 17) % 12 as attempts,
        case when (d.number + day) % 3 = 0 then 'cellular' else 'wifi' end as network, case when d.number % 5 < 3 then 'android' else 'ios' end as os,
        case when d.number % 10 = 0 then '2.3.2' when d.takes and day >= 10 + d.number % 19 then '2.5.0' else '2.4.1' end as version) s
cross join lateral (
    select s.day_at, s.attempts,
        case when (hashint8extended(d.number, day) & 1023) < case when s.network = 'cellular' and s.version = '2.5.0' then 500 else 350 end then 1 else 0 end as failures) x
join synchealth.core_segment c on c.app_version = s.version and c.os = s.os and c.network = s.network
join synchealth.app a on a.app_id = c.app_id and a.name = @app;

alter table synchealth.device_day add constraint device_day_pkey primary key (core_id, day_at, device_key);

insert into synchealth.device_release (
    device_key, first_seen_at, last_seen_at, core_id, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted, conflicts)
select device_key, min(day_at), max(day_at) + interval '10 hours', core_id, sum(attempts), sum(successes), 0, 0, sum(first_try), 0, sum(server_failures), 0, sum(over_60s), sum(conflicted), sum(conflicts)
from synchealth.device_day
group by core_id, device_key;

alter table synchealth.device_release add constraint device_release_pkey primary key (core_id, device_key);

insert into synchealth.device_state (
    device_key, app_id, first_seen_at, last_seen_at, last_received_at, last_success_at, last_seq, last_hash, clock_offset_ms, segment_id, profile_id, queue_depth)
select d.device_key, c.app_id, @now::timestamptz - interval '29 days', @now::timestamptz - interval '2 hours', @now::timestamptz - interval '2 hours', @now::timestamptz - interval '2 hours',
    0, 0, 0, s.segment_id, (select min(profile_id) from synchealth.device_profile), 0
from (select device_key, max(core_id) as core_id from synchealth.device_release where last_seen_at >= date_trunc('day', @now::timestamptz, 'UTC') group by device_key) d
join synchealth.core_segment c using (core_id)
join synchealth.segment s using (core_id);
