-- What the devices whose keys lie from @low to @high did over all days, in packs likewise, and their state.
with cell as (
    select d.place, d.device_key, min(day.number) as first_day, max(day.number) as last_day, sum(d.attempts) as attempts, sum(d.failures) as failures,
        sum(d.over_60s) as over_60s, sum(d.conflicted) as conflicted
    from generate_series(0, 29) day (number)
    cross join lateral bench_day(day.number, @devices, @low, @high) d
    group by d.place, d.device_key
)
insert into synchealth.device_release_pack (
    core_id, first_key, last_key, devices, device_keys, first_seen_ats, last_seen_ats, attempts, successes, first_try, server_failures, over_60s, conflicted, conflicts)
select x.core_id, min(x.device_key), max(x.device_key), count(*), array_agg(x.device_key order by x.device_key),
    array_agg(x.first_at order by x.device_key), array_agg(x.last_at order by x.device_key),
    array_agg(x.attempts order by x.device_key), array_agg(x.attempts - x.failures order by x.device_key), array_agg(x.attempts - x.failures order by x.device_key),
    array_agg(x.failures order by x.device_key), array_agg(x.over_60s order by x.device_key), array_agg(x.conflicted order by x.device_key), array_agg(x.conflicted::bigint order by x.device_key)
from (
    select c.ids[d.place] as core_id, d.device_key, d.attempts::integer, d.failures::integer, d.over_60s::integer, d.conflicted::integer,
        date_trunc('day', @now::timestamptz, 'UTC') - interval '1 day' * (29 - d.first_day) as first_at,
        date_trunc('day', @now::timestamptz, 'UTC') - interval '1 day' * (29 - d.last_day) + interval '10 hours' as last_at,
        (row_number() over (partition by d.place order by d.device_key) - 1) / 1000 as chunk
    from cell d
    cross join (select array_agg(core_id order by core_id) as ids from synchealth.core_segment) c) x
group by x.core_id, x.chunk;

insert into synchealth.device_state (
    device_key, app_id, first_seen_at, last_seen_at, last_received_at, last_success_at, last_seq, last_hash, clock_offset_ms, segment_id, profile_id, queue_depth)
select d.device_key, s.app_id, @now::timestamptz - interval '29 days', @now::timestamptz - interval '2 hours', @now::timestamptz - interval '2 hours', @now::timestamptz - interval '2 hours',
    0, 0, 0, s.ids[d.place], (select min(profile_id) from synchealth.device_profile), 0
from bench_day(29, @devices, @low, @high) d
cross join (
    select c.app_id, array_agg(g.segment_id order by c.core_id) as ids from synchealth.segment g join synchealth.core_segment c using (core_id) group by c.app_id) s;
