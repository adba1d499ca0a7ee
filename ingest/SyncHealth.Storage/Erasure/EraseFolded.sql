-- Deletes what was or waits to be folded of @Devices, takes them out of the device sets of every hour and day they were active in, and out of their margins, and takes @Users
-- off whatever other device still names them. One statement over one snapshot; the caller holds the folds, so nothing moves meanwhile.
-- Days are probed one by one: a core segment may hold a million devices a day. Indexes: device_release_pkey, device_day_pkey and those of
-- their packs, device_set_pkey, device_minute_pkey, device_margin_pkey, device_state_pkey, server_word_pkey.
with seen as materialized (
    select r.core_id, r.device_key, r.first_seen_at, r.last_seen_at, null::bigint as first_key, null::bigint as place
    from synchealth.core_segment c
    join synchealth.device_release r on r.core_id = c.core_id and r.device_key = any (@Devices)
    union all
    select p.core_id, d.device_key, p.first_seen_ats[n.place], p.last_seen_ats[n.place], p.first_key, n.place
    from synchealth.core_segment c
    cross join unnest(@Devices) d (device_key)
    join synchealth.device_release_pack p on p.core_id = c.core_id and d.device_key between p.first_key and p.last_key
    cross join lateral (select array_position(p.device_keys, d.device_key)::bigint as place) n
    where n.place is not null
),
release as materialized (
    select s.core_id, s.device_key, synchealth.floor_to('1 day', min(s.first_seen_at)) as first_day, synchealth.floor_to('1 day', max(s.last_seen_at)) as last_day
    from seen s
    group by s.core_id, s.device_key
),
day as (
    select r.core_id, r.device_key, r.first_day + n * interval '24 hours' as day_at
    from release r
    cross join lateral generate_series(0, (extract(epoch from r.last_day - r.first_day) / 86400)::integer) n
),
span as (
    select r.core_id, min(r.first_day) as first_day, max(r.last_day) + interval '24 hours' as until
    from release r
    group by r.core_id
),
held as materialized (
    select s.core_id, s.grain, s.bucket_at, synchealth.without_devices(s.keys, @Devices) as keys, s.registers
    from span p
    join synchealth.device_set s on s.core_id = p.core_id and s.bucket_at >= p.first_day and s.bucket_at < p.until
    where exists (select from unnest(@Devices) d where position(int8send(d) in s.keys) > 0)
),
sets as (
    update synchealth.device_set s set keys = h.keys
    from held h
    where (s.core_id, s.grain, s.bucket_at) = (h.core_id, h.grain, h.bucket_at) and s.keys <> h.keys
      and octet_length(h.keys) + octet_length(h.registers) > 0
    returning 1
),
empty_sets as (
    delete from synchealth.device_set s
    using held h
    where (s.core_id, s.grain, s.bucket_at) = (h.core_id, h.grain, h.bucket_at) and octet_length(h.keys) + octet_length(h.registers) = 0
    returning 1
),
minutes as (
    update synchealth.device_minute m set (starts, keys) = (
        select array[0] || array_agg(p.until order by p.no), string_agg(p.keys, ''::bytea order by p.no)
        from (
            select n.no, k.keys, (sum(octet_length(k.keys)) over (order by n.no) / 8)::integer as until
            from generate_series(0, 59) n (no)
            cross join lateral (select synchealth.without_devices(synchealth.minute_keys(m.starts, m.keys, n.no, n.no + 1), @Devices) as keys) k) p)
    from span p
    where m.core_id = p.core_id and m.hour_at >= p.first_day and m.hour_at < p.until
      and exists (select from unnest(@Devices) d where position(int8send(d) in m.keys) > 0)
    returning 1
),
margin_span as (
    select c.app_id, m.dimension, c.environment, m.value, min(p.first_day) as first_day, max(p.until) as until
    from span p
    join synchealth.core_segment c using (core_id)
    cross join lateral (select distinct x.dimension, x.value from synchealth.device_margins_of(c, p.first_day) x) m
    group by c.app_id, m.dimension, c.environment, m.value
),
held_margins as materialized (
    select m.app_id, m.dimension, m.grain, m.bucket_at, m.environment, m.value, synchealth.without_devices(m.keys, @Devices) as keys, m.registers
    from margin_span p
    join synchealth.device_margin m on m.app_id = p.app_id and m.dimension = p.dimension and m.environment = p.environment and m.value = p.value
        and m.bucket_at >= p.first_day and m.bucket_at < p.until
    where exists (select from unnest(@Devices) d where position(int8send(d) in m.keys) > 0)
),
margins as (
    update synchealth.device_margin m set keys = h.keys
    from held_margins h
    where (m.app_id, m.dimension, m.grain, m.bucket_at, m.environment, m.value) = (h.app_id, h.dimension, h.grain, h.bucket_at, h.environment, h.value)
      and m.keys <> h.keys and octet_length(h.keys) + octet_length(h.registers) > 0
    returning 1
),
empty_margins as (
    delete from synchealth.device_margin m
    using held_margins h
    where (m.app_id, m.dimension, m.grain, m.bucket_at, m.environment, m.value) = (h.app_id, h.dimension, h.grain, h.bucket_at, h.environment, h.value)
      and octet_length(h.keys) + octet_length(h.registers) = 0
    returning 1
),
days as (
    delete from synchealth.device_day d
    using day y
    where d.core_id = y.core_id and d.day_at = y.day_at and d.device_key = y.device_key
    returning 1
),
packed as materialized (
    select p.core_id, p.day_at, p.first_key, array_agg(array_position(p.device_keys, y.device_key)::bigint) as places
    from day y
    join synchealth.device_day_pack p on p.core_id = y.core_id and p.day_at = y.day_at and y.device_key between p.first_key and p.last_key
    where y.device_key = any (p.device_keys)
    group by p.core_id, p.day_at, p.first_key
),
packs as (
    select synchealth.erase_packed_days(k.core_id, k.day_at, k.first_key, k.places) as gone from packed k
),
releases as (
    delete from synchealth.device_release d
    using release r
    where d.core_id = r.core_id and d.device_key = r.device_key
    returning 1
),
release_packs as (
    select synchealth.erase_packed_releases(x.core_id, x.first_key, x.places) as gone
    from (select s.core_id, s.first_key, array_agg(s.place) as places from seen s where s.place is not null group by s.core_id, s.first_key) x
),
hours as (
    delete from synchealth.device_open_hour where device_key = any (@Devices) returning 1
),
words as (
    delete from synchealth.server_word where device_key = any (@Devices) returning device_key
),
states as (
    delete from synchealth.device_state where device_key = any (@Devices) returning device_key
),
pauses as (
    delete from synchealth.device_pause where device_key = any (@Devices) returning 1
),
increments as (
    delete from synchealth.device_increment where device_key = any (@Devices) returning device_key
),
other_states as (
    update synchealth.device_state set user_key = null where user_key = any (@Users) and device_key <> all (@Devices) returning 1
),
other_increments as (
    update synchealth.device_increment set user_key = null where user_key = any (@Users) and device_key <> all (@Devices) returning 1
)
select (select count(*) from (select device_key from release union select device_key from states union select device_key from increments union select device_key from words) known) as "Devices",
    0::bigint as "Events",
    (select count(*) from sets) + (select count(*) from minutes) + (select count(*) from empty_sets) + (select count(*) from margins) + (select count(*) from empty_margins) + (select count(*) from days) + (select coalesce(sum(gone), 0) from packs) + (select count(*) from releases)
        + (select coalesce(sum(gone), 0) from release_packs) + (select count(*) from hours) + (select count(*) from words) + (select count(*) from pauses)
        + (select count(*) from states) + (select count(*) from increments) + (select count(*) from other_states) + (select count(*) from other_increments) as "OtherRows";
