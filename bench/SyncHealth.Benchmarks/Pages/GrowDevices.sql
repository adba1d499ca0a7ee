-- The devices of a fleet as increments, which the product's own fold turns into states, days, releases, sets and standings: @devices devices of @app, each with its
-- last report (six in ten within a day of @now, a quarter within the week, the others within thirty days) and every fifth with two days before. Six in a hundred
-- have items queued, most of them for less than an hour when they were heard of; one in a thousand has 1,500; one in fifty has not succeeded for three days, one in five
-- hundred has a wrong clock, one in two hundred lost a report.
with fine as materialized (
    select array_agg(s.segment_id order by s.segment_id) as segment_ids, array_agg(s.core_id order by s.segment_id) as core_ids
    from synchealth.segment s join synchealth.core_segment c using (core_id) join synchealth.app a using (app_id)
    where a.name = @app
),
profile as materialized (select array_agg(profile_id order by profile_id) as ids from synchealth.app_profile join synchealth.app using (app_id) where name = @app),
device as (
    select d, k, 1 + ((d * 7919) % cardinality(f.segment_ids))::integer as place,
        date_trunc('milliseconds', @now::timestamptz - interval '1 second' - a.hours * interval '1 hour' - k * interval '1 day') as at,
        case when d % 1000 = 0 then 1500 when d % 17 = 0 then 1 + (d % 20)::integer else 0 end as queued
    from generate_series(1, @devices::bigint) d
    cross join fine f
    cross join lateral (select hashint8extended(d, 3) & 1048575 as lot, (hashint8extended(d, 5) & 1048575) / 1048576.0 as share) h
    cross join lateral (select case when h.lot < 629145 then h.share * 24 when h.lot < 891289 then 24 + h.share * 144 else 168 + h.share * 552 end as hours) a
    cross join generate_series(0, case when d % 5 = 0 then 2 else 0 end) k
)
insert into synchealth.device_increment (
    device_key, event_hash, first_event_at, event_at, received_at, last_success_at, oldest_pending_at, seq, clock_offset_ms, segment_id, core_id, profile_id, queue_depth, hours, minutes,
    lowest_seq, highest_seq, seqs, attempts, successes, first_try, offline_failures, server_failures, conflicted, conflicts, sketch)
select hashint8extended(v.d, 7), v.d * 4 + v.k, v.at, v.at, v.at + interval '2 seconds',
    case when v.d % 50 = 0 then v.at - interval '3 days' else v.at end, case when v.queued > 0 then v.at - case when v.d % 5 = 0 then (1 + v.d % 48) * interval '1 hour' else (v.d % 60) * interval '1 minute' end end,
    1000 - 20 * v.k, case when v.d % 500 = 0 then 10800000 else 0 end, f.segment_ids[v.place], f.core_ids[v.place], p.ids[1 + (v.d % cardinality(p.ids))], v.queued,
    1 << extract(hour from v.at at time zone 'UTC')::integer, int8send(1::bigint << extract(minute from v.at at time zone 'UTC')::integer),
    991 - 20 * v.k, 1000 - 20 * v.k, case when v.d % 200 = 0 then 9 else 10 end, 10, case when v.d % 5 = 0 then 9 else 10 end, case when v.d % 5 = 0 then 9 else 10 end,
    0, case when v.d % 5 = 0 then 1 else 0 end, case when v.d % 20 = 0 then 1 else 0 end, case when v.d % 20 = 0 then 1 else 0 end, s.sketch
from device v
cross join fine f
cross join profile p
cross join (select string_agg(synchealth.duration_unit(300 + 150 * g), ''::bytea) as sketch from generate_series(1, 10) g) s
order by v.k desc, v.d;
