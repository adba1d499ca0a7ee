-- What a day leaves of its devices, as fold and maintenance write it: packs of a thousand devices for each core segment, and for each of its hours and the day a set
-- of a thousand keys, which is as many as a set names. @day: from 0, the oldest; 29 is that of @now.
with place as materialized (
    select c.core_id, d.device_key, (row_number() over (partition by c.core_id order by d.device_key) - 1) / 1000 as chunk
    from generate_series(0, @devices) n
    cross join lateral (select hashint8extended(n, 0) as device_key) d
    cross join lateral bench_places(n) p
    join (select core_id, row_number() over (order by core_id) as place from synchealth.core_segment) c on c.place = p
),
named as (
    -- The busy device is in the sets of its core segments.
    select core_id, string_agg(int8send(device_key), ''::bytea order by device_key) as keys
    from (
        select p.core_id, p.device_key, row_number() over (partition by p.core_id order by p.device_key <> hashint8extended(0, 0), p.device_key) as no from place p) x
    where no <= 1000
    group by core_id
),
sets as (
    insert into synchealth.device_set (bucket_at, core_id, grain, keys, registers)
    select date_trunc('day', @now::timestamptz, 'UTC') - interval '1 day' * (29 - @day) + interval '1 hour' * greatest(hour, 0), n.core_id, case when hour < 0 then 3 else 2 end, n.keys, ''
    from named n cross join generate_series(-1, 23) hour
)
insert into synchealth.device_day_pack (core_id, day_at, first_key, last_key, devices, device_keys, attempts, successes, sketches)
select p.core_id, date_trunc('day', @now::timestamptz, 'UTC') - interval '1 day' * (29 - @day), min(p.device_key), max(p.device_key), count(*),
    array_agg(p.device_key order by p.device_key), array_agg(2 order by p.device_key), array_agg(2 order by p.device_key), array_agg('\x00fa00000002010400000003'::bytea order by p.device_key)
from place p
group by p.core_id, p.chunk;
