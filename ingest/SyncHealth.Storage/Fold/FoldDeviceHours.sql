-- Moves hours of core segments from device_open_hour into the sets of their hour and their day, into the margins of both, and by the minute into device_minute where the hour
-- keeps these, in one statement: a reader's snapshot sees every device in one or the other. What the fold of devices writes at this moment stays for the next time: it holds
-- rows for several statements, so that two who wait for each other might do so for ever.
-- @CoreIds, @Hours: parallel arrays. Upserts by primary key, in key order. Index: device_open_hour_pkey.
-- Returns the rows moved, and the sets whose keys have grown beyond @MaxKeyBytes (@MaxLooseKeyBytes beside registers) by concatenation, for compaction in the same transaction.
-- The caller holds the lock of this fold.
with due as materialized (
    select h.core_id, h.device_key, h.hour_at
    from synchealth.device_open_hour h
    join unnest(@CoreIds::integer[], @Hours::timestamptz[]) x (core_id, hour_at) on h.core_id = x.core_id and h.hour_at = x.hour_at
    for update of h skip locked
),
gone as (
    delete from synchealth.device_open_hour h
    using due
    where (h.core_id, h.device_key, h.hour_at) = (due.core_id, due.device_key, due.hour_at)
    returning h.*
),
member as (
    select distinct g.grain, g.at, d.core_id, d.device_key
    from gone d
    cross join lateral (values (2::smallint, d.hour_at), (3::smallint, date_trunc('day', d.hour_at, 'UTC'))) g (grain, at)
),
minute as materialized (
    select g.hour_at, g.core_id, m.no, string_agg(int8send(g.device_key), ''::bytea) as keys
    from gone g
    join synchealth.device_minute_hour h on h.hour_at = g.hour_at and h.is_complete
    join generate_series(0, 59) m (no) on g.minutes >> m.no & 1 = 1
    group by g.hour_at, g.core_id, m.no
),
-- Unpacked once, not for each minute.
held as materialized (
    select d.hour_at, d.core_id, d.starts, d.keys || ''::bytea as keys
    from (select distinct hour_at, core_id from minute) x
    join synchealth.device_minute d using (hour_at, core_id)
),
-- On its own, so that what is sorted are the minutes and not, sixty times, the hour.
piece as materialized (
    select x.hour_at, x.core_id, m.no, coalesce(synchealth.minute_keys(h.starts, h.keys, m.no, m.no + 1), '') || coalesce(n.keys, '') as keys
    from (select distinct hour_at, core_id from minute) x
    cross join generate_series(0, 59) m (no)
    left join minute n on n.hour_at = x.hour_at and n.core_id = x.core_id and n.no = m.no
    left join held h on h.hour_at = x.hour_at and h.core_id = x.core_id
),
minutes as (
    insert into synchealth.device_minute as d (hour_at, core_id, starts, keys)
    select p.hour_at, p.core_id, array[0] || array_agg(p.until order by p.no), string_agg(p.keys, ''::bytea order by p.no)
    from (select k.*, (sum(octet_length(k.keys)) over (partition by k.hour_at, k.core_id order by k.no) / 8)::integer as until from piece k) p
    group by p.hour_at, p.core_id
    order by p.hour_at, p.core_id
    on conflict (hour_at, core_id) do update set starts = excluded.starts, keys = excluded.keys
),
sets as (
    insert into synchealth.device_set as s (core_id, grain, bucket_at, keys, registers)
    select core_id, grain, at, string_agg(int8send(device_key), ''::bytea), ''
    from member
    group by core_id, grain, at
    order by core_id, grain, at
    on conflict (core_id, grain, bucket_at) do update set keys = s.keys || excluded.keys
    returning grain, bucket_at, core_id, keys, registers
),
margins as (
    insert into synchealth.device_margin as s (app_id, dimension, grain, bucket_at, environment, value, keys, registers)
    select c.app_id, m.dimension, m.grain, m.bucket_at, c.environment, m.value, string_agg(h.keys, ''::bytea), ''
    from (select d.core_id, d.hour_at, string_agg(int8send(d.device_key), ''::bytea) as keys from gone d group by d.core_id, d.hour_at) h
    join synchealth.core_segment c using (core_id)
    cross join lateral synchealth.device_margins_of(c, h.hour_at) m
    group by c.app_id, m.dimension, m.grain, m.bucket_at, c.environment, m.value
    order by c.app_id, m.dimension, m.grain, m.bucket_at, c.environment, m.value
    on conflict (app_id, dimension, grain, bucket_at, environment, value) do update set keys = s.keys || excluded.keys
)
select (select count(*) from gone) as "Moved", grown.grain as "Grain", grown.bucket_at as "At", grown.core_id as "CoreId",
       grown.keys as "Keys", grown.registers as "Registers"
from (values (true)) one
left join sets grown on octet_length(grown.keys) > case when octet_length(grown.registers) > 0 then @MaxLooseKeyBytes::integer else @MaxKeyBytes::integer end;
