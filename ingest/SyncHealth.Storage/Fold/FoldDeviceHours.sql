-- Moves hours of core segments from device_open_hour into the sets of their hour and their day, into the margins of both, and by their five minutes into device_slot where the hour
-- has these, in one statement: a reader's snapshot sees every device in one or the other. What the fold of devices writes at this moment stays for the next time: it holds
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
slots as (
    insert into synchealth.device_slot as d (hour_at, core_id, s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11)
    select g.hour_at, g.core_id,
        string_agg(int8send(g.device_key), ''::bytea) filter (where g.slots & 1 <> 0), string_agg(int8send(g.device_key), ''::bytea) filter (where g.slots & 2 <> 0),
        string_agg(int8send(g.device_key), ''::bytea) filter (where g.slots & 4 <> 0), string_agg(int8send(g.device_key), ''::bytea) filter (where g.slots & 8 <> 0),
        string_agg(int8send(g.device_key), ''::bytea) filter (where g.slots & 16 <> 0), string_agg(int8send(g.device_key), ''::bytea) filter (where g.slots & 32 <> 0),
        string_agg(int8send(g.device_key), ''::bytea) filter (where g.slots & 64 <> 0), string_agg(int8send(g.device_key), ''::bytea) filter (where g.slots & 128 <> 0),
        string_agg(int8send(g.device_key), ''::bytea) filter (where g.slots & 256 <> 0), string_agg(int8send(g.device_key), ''::bytea) filter (where g.slots & 512 <> 0),
        string_agg(int8send(g.device_key), ''::bytea) filter (where g.slots & 1024 <> 0), string_agg(int8send(g.device_key), ''::bytea) filter (where g.slots & 2048 <> 0)
    from gone g join synchealth.device_slot_hour h on h.hour_at = g.hour_at and h.is_complete
    group by g.hour_at, g.core_id
    order by g.hour_at, g.core_id
    on conflict (hour_at, core_id) do update set
        s0 = case when excluded.s0 is null then d.s0 else coalesce(d.s0, '') || excluded.s0 end, s1 = case when excluded.s1 is null then d.s1 else coalesce(d.s1, '') || excluded.s1 end,
        s2 = case when excluded.s2 is null then d.s2 else coalesce(d.s2, '') || excluded.s2 end, s3 = case when excluded.s3 is null then d.s3 else coalesce(d.s3, '') || excluded.s3 end,
        s4 = case when excluded.s4 is null then d.s4 else coalesce(d.s4, '') || excluded.s4 end, s5 = case when excluded.s5 is null then d.s5 else coalesce(d.s5, '') || excluded.s5 end,
        s6 = case when excluded.s6 is null then d.s6 else coalesce(d.s6, '') || excluded.s6 end, s7 = case when excluded.s7 is null then d.s7 else coalesce(d.s7, '') || excluded.s7 end,
        s8 = case when excluded.s8 is null then d.s8 else coalesce(d.s8, '') || excluded.s8 end, s9 = case when excluded.s9 is null then d.s9 else coalesce(d.s9, '') || excluded.s9 end,
        s10 = case when excluded.s10 is null then d.s10 else coalesce(d.s10, '') || excluded.s10 end, s11 = case when excluded.s11 is null then d.s11 else coalesce(d.s11, '') || excluded.s11 end
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
