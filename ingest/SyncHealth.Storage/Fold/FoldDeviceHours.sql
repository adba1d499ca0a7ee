-- Moves hours of core segments from device_hour into the sets of their hour and their day and into the margins of both, in one statement: a reader's snapshot sees every
-- device in one or the other. @CoreIds, @Hours: parallel arrays. Upserts by primary key, in key order. Index: device_hour_pkey.
-- Returns the rows moved, and the sets whose keys have grown beyond @MaxKeyBytes (@MaxLooseKeyBytes beside registers) by concatenation, for compaction in the same transaction.
-- The caller holds the lock of this fold.
with gone as (
    delete from synchealth.device_hour h
    using unnest(@CoreIds::integer[], @Hours::timestamptz[]) due (core_id, hour_at)
    where h.core_id = due.core_id and h.hour_at = due.hour_at
    returning h.*
),
member as (
    select distinct g.grain, g.at, d.core_id, d.device_key
    from gone d
    cross join lateral (values (2::smallint, d.hour_at), (3::smallint, date_trunc('day', d.hour_at, 'UTC'))) g (grain, at)
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
