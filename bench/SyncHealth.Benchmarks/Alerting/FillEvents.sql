-- The last hours of the apps as raw events, in the order of their arrival: @attempts of each, spread evenly over @span before @now, from 20,000 devices of each.
-- Two in a hundred fail, a tenth needs a retry, one in 25 meets a conflict, one in twenty arrives late, by up to ten minutes. Durations are log-normal. The same at every run.
with places as materialized (
    select c.app_id, array_agg(s.segment_id order by s.segment_id) as segment_ids
    from synchealth.segment s join synchealth.core_segment c using (core_id) join synchealth.app a using (app_id)
    where a.name = any (@apps::text[])
    group by c.app_id
),
draw as (
    select p.app_id, p.segment_ids, n, @now::timestamptz - @span::interval * (1 - n / @attempts::float8) as received_at,
        hashint8extended(n, p.app_id) as lot
    from generate_series(0, @attempts::bigint - 1) n cross join places p
)
insert into synchealth.event (
    device_key, event_hash, device_at, event_at, received_at, last_success_at, oldest_pending_ms, bytes_up, bytes_down, segment_id, profile_id, error_id,
    duration_ms, queued_items, retries, pushed, pulled, applied, rejected, conflict_count, body_hash, outcome, direction, has_device)
select hashint8extended((d.lot >> 40) % 20000, d.app_id), d.n * 64 + d.app_id, t.event_at, t.event_at, d.received_at, null, null, 900, 4200,
    d.segment_ids[1 + abs(d.lot) % cardinality(d.segment_ids)], (select min(profile_id) from synchealth.device_profile), null,
    greatest(1, exp(6 + 1.1 * sqrt(-2 * ln(((hashint8extended(d.n, 1) & 1048575) + 0.5) / 1048576)) * cos(2 * pi() * (hashint8extended(d.n, 2) & 1048575) / 1048576)))::integer,
    0, case when d.n % 10 = 0 then 1 else 0 end, 3, 10, 10, 0, case when d.n % 25 = 0 then 1 else 0 end, 1, case when d.n % 50 = 0 then 3 else 1 end, 0, true
from draw d
cross join lateral (select date_trunc('milliseconds', d.received_at - case when d.n % 20 = 0 then (d.n % 600) * interval '1 second' else interval '2 seconds' end) as event_at) t
order by d.received_at, d.app_id;
