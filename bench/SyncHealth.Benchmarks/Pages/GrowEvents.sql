-- Raw events of the whole fleet in the hours in which the ranges of pages, and the ranges before them, begin and end: what is counted of a part of an hour is counted from these,
-- whatever devices it is about. Of @devices devices of @app up to @now, ten attempts each a day; two in a hundred fail, one in twenty has a conflict. What they add up to is in
-- the rollups already; the devices' hours are put to those of the fold. In the order of arrival, as writers leave them. The same at every run.
with fine as materialized (
    select array_agg(s.segment_id order by s.segment_id) as segment_ids
    from synchealth.segment s join synchealth.core_segment c using (core_id) join synchealth.app a using (app_id)
    where a.name = @app
),
profile as materialized (select array_agg(profile_id order by profile_id) as ids from synchealth.app_profile join synchealth.app using (app_id) where name = @app),
failure as materialized (select array_agg(error_id order by error_id) as ids from synchealth.error),
conflict as materialized (select e.conflict_count, e.conflicts from synchealth.event e where e.conflict_count > 0 order by e.device_at, e.device_key limit 1),
attempt as (
    select h.back, g, h.at + interval '1 hour' * ((g - 0.5) / n.hourly) as at,
        1 + ((hashint8extended(h.back * 100000000 + g, 17) & 9223372036854775807) % @devices::bigint) as d
    from (select greatest(1, @devices::bigint * 10 / 24) as hourly) n
    cross join lateral (
        select back, synchealth.floor_to('1 hour', @now::timestamptz - back * interval '1 hour') as at from unnest(array[0, 1, 2, 6, 12, 24, 48, 168, 336]::bigint[]) back) h
    cross join lateral generate_series(1, n.hourly) g
),
raw as (
insert into synchealth.event (
    device_key, event_hash, device_at, event_at, received_at, last_success_at, oldest_pending_ms, bytes_up, bytes_down, seq, user_key, segment_id, profile_id, error_id, duration_ms,
    queued_items, retries, pushed, pulled, applied, rejected, conflict_count, body_hash, outcome, direction, has_device, conflicts)
select hashint8extended(v.d, 7), hashint8extended(v.back * 100000000 + v.g, 19), t.at, t.at, t.at + interval '2 seconds', t.at, null, 900, 4200, 1000, v.d,
    f.segment_ids[1 + ((v.d * 7919) % cardinality(f.segment_ids))], p.ids[1 + (v.d % cardinality(p.ids))],
    case when v.g % 50 = 0 then e.ids[1 + (v.g / 50 % cardinality(e.ids))] end, 300 + 150 * (v.g % 10),
    0, 0, 3, 10, 10, 0, case when v.g % 20 = 0 then c.conflict_count else 0 end, v.g % 1000000, case when v.g % 50 = 0 then 3 else 1 end, 2, true,
    case when v.g % 20 = 0 then c.conflicts end
from attempt v
cross join lateral (select date_trunc('milliseconds', v.at) as at) t
cross join fine f cross join profile p cross join failure e cross join conflict c
where t.at < @now::timestamptz - interval '1 second'
order by t.at
returning device_key, segment_id, event_at)
insert into synchealth.device_open_hour as d (core_id, hour_at, device_key, minutes)
select s.core_id, synchealth.floor_to('1 hour', e.event_at), e.device_key, bit_or(1::bigint << extract(minute from e.event_at at time zone 'UTC')::integer)
from raw e join synchealth.segment s using (segment_id)
group by 1, 2, 3
order by 1, 3, 2
on conflict (core_id, device_key, hour_at) do update set minutes = d.minutes | excluded.minutes;
