-- The devices of a part of an hour came from its raw events, whatever app these are of: a day of a fleet of a million, whose ends hold the events of an hour, 416,000 of them,
-- took 1.3 to 1.9 seconds to count, and a small app beside it as long. An hour of many attempts keeps its devices by its five minutes from now on, for as long as ranges of a week
-- begin in it: what is left to raw events is less than five minutes at each end. An hour of few is read as before: it costs less than the bytes would.

---------------------------------------------------------------------------------------------------------- rows
-- A process of the version before this must not write or move what it knows nothing of: it finds the table no more, and what it cannot fold waits for one of this version.
-- Readers count what waits.
alter table synchealth.device_hour rename to device_open_hour;
alter table synchealth.device_open_hour rename constraint device_hour_pkey to device_open_hour_pkey;

-- The five minutes of the hour in which the device had an attempt: bit 0 is the first. 0: not known, from before this.
alter table synchealth.device_open_hour add column slots smallint not null default 0;
alter table synchealth.device_open_hour alter column slots drop default;

-- The same of each hour in hours, from the first on, two bytes each. Null: not known.
alter table synchealth.device_increment add column slots bytea;

-- The hours whose devices are all in device_slot or device_open_hour by their five minutes, and those that can never be, for some device's are not known.
create table synchealth.device_slot_hour (
    hour_at timestamptz not null,
    is_complete boolean not null,
    constraint device_slot_hour_pkey primary key (hour_at)
);

-- Device keys of 8 bytes by five minutes of their hour; one may be in several, and in one twice. Fed by the statement that feeds device_set.
create table synchealth.device_slot (
    hour_at timestamptz not null,
    core_id integer not null,
    s0 bytea, s1 bytea, s2 bytea, s3 bytea, s4 bytea, s5 bytea, s6 bytea, s7 bytea, s8 bytea, s9 bytea, s10 bytea, s11 bytea,
    constraint device_slot_pkey primary key (hour_at, core_id)
);
-- Keys are hashes: trying to compress them costs time and gives nothing.
alter table synchealth.device_slot
    alter column s0 set storage external, alter column s1 set storage external, alter column s2 set storage external, alter column s3 set storage external,
    alter column s4 set storage external, alter column s5 set storage external, alter column s6 set storage external, alter column s7 set storage external,
    alter column s8 set storage external, alter column s9 set storage external, alter column s10 set storage external, alter column s11 set storage external;

insert into synchealth.device_slot_hour (hour_at, is_complete) select distinct h.hour_at, false from synchealth.device_open_hour h;

---------------------------------------------------------------------------------------------------------- reading
-- As before, by the table's new name.
do $$
declare
    name text;
begin
    foreach name in array array['has_few_devices', 'devices_of_hours'] loop
        execute replace(pg_get_functiondef(('synchealth.' || name)::regproc), 'synchealth.device_hour ', 'synchealth.device_open_hour ');
    end loop;
end
$$;

-- The five minutes of one of the hours of an increment; null where they are not known. One expression, which is put in place of the call.
create function synchealth.slots_of(hours integer, slots bytea, hour integer) returns smallint
language sql immutable parallel safe
return (
    (get_byte(slots, 2 * bit_count((hours & ((1 << hour) - 1))::bit(24))::integer) << 8)
    | get_byte(slots, 2 * bit_count((hours & ((1 << hour) - 1))::bit(24))::integer + 1))::smallint;

-- Whether the devices of a range can be told from those of five minutes, but for what is left at its ends: every hour it touches has them, and points begin with them. What was
-- known at an earlier moment only raw events tell.
create function synchealth.has_slots(lo timestamptz, hi timestamptz, step interval) returns boolean
language sql stable
return (step is null or extract(epoch from step) % 300 = 0)
    and synchealth.as_of() = 'infinity'
    and not exists (
        select from generate_series(synchealth.floor_to('1 hour', lo), hi - interval '1 microsecond', interval '1 hour') h
        where not exists (select from synchealth.device_slot_hour s where s.hour_at = h and s.is_complete))
    and not exists (select from synchealth.device_increment i where i.hours <> 0 and i.slots is null);

-- The devices with an attempt in [lo, hi), which begins and ends with five minutes of hours that have them, by core segment and point; a device may come twice.
-- Indexes: device_slot_pkey, device_open_hour_pkey.
create function synchealth.slot_devices(cores integer[], lo timestamptz, hi timestamptz, step interval, zone text, range_lo timestamptz)
returns table (core_id integer, at timestamptz, keys bytea)
language plpgsql stable rows 1000 set plan_cache_mode = force_generic_plan set jit = off set work_mem = '32MB' as $$
declare
    hour_lo constant timestamptz := synchealth.floor_to('1 hour', lo);
    point constant timestamptz := synchealth.point_of(lo, step, zone, range_lo);
    is_one_point constant boolean := lo < hi and point = synchealth.point_of(hi - interval '1 microsecond', step, zone, range_lo);
begin
    return query
    with slot as materialized (
        select t.at, synchealth.floor_to('1 hour', t.at) as hour_at, (extract(minute from t.at at time zone 'UTC') / 5)::integer as no,
            case when is_one_point then point else synchealth.point_of(t.at, step, zone, range_lo) end as point
        from generate_series(lo, hi - interval '1 microsecond', interval '5 minutes') t (at)),
    -- Most devices are in one five minutes of their hour: within one point it is one question to them, whichever these are.
    mask as materialized (
        select s.hour_at, s.point, bit_or(1 << s.no) as bits from slot s group by s.hour_at, s.point)
    select x.core_id, x.point, string_agg(x.keys, ''::bytea)
    from (
        select d.core_id, s.point, k.keys
        from slot s
        join synchealth.device_slot d on d.hour_at = s.hour_at and d.core_id = any (cores)
        cross join lateral (select case s.no
            when 0 then d.s0 when 1 then d.s1 when 2 then d.s2 when 3 then d.s3 when 4 then d.s4 when 5 then d.s5
            when 6 then d.s6 when 7 then d.s7 when 8 then d.s8 when 9 then d.s9 when 10 then d.s10 else d.s11 end as keys) k
        where k.keys is not null
        union all
        select h.core_id, m.point, int8send(h.device_key)
        from mask m
        join synchealth.device_open_hour h on h.hour_at = m.hour_at
        where h.core_id = any (cores) and h.hour_at >= hour_lo and h.hour_at < hi and h.slots & m.bits <> 0
        union all
        select i.core_id, m.point, int8send(i.device_key)
        from synchealth.device_increment i
        join mask m on synchealth.floor_to('1 day', m.hour_at) = synchealth.floor_to('1 day', i.event_at)
        cross join lateral (select extract(hour from m.hour_at at time zone 'UTC')::integer as hour) n
        where i.core_id = any (cores) and i.hours >> n.hour & 1 = 1 and synchealth.slots_of(i.hours, i.slots, n.hour) & m.bits <> 0) x
    group by 1, 2;
end
$$;

-- The same from all raw events, which need not lie so. Of a short range a device comes as often as it was there, which costs less than to tell; of a long one once.
create function synchealth.raw_device_keys(
    cores integer[], lo timestamptz, hi timestamptz, clock text, step interval, zone text, range_lo timestamptz)
returns table (core_id integer, at timestamptz, keys bytea)
language plpgsql stable rows 1000 set plan_cache_mode = force_generic_plan set jit = off set work_mem = '32MB' set enable_nestloop = off set enable_sort = off as $$
begin
    if lo >= hi then
        return;
    elsif hi - lo > interval '2 hours' then
        return query
        select d.core_id, d.at, string_agg(int8send(d.device_key), ''::bytea)
        from synchealth.raw_devices(cores, lo, hi, clock, step, zone, range_lo) d
        group by 1, 2;
    else
        return query
        select s.core_id, synchealth.point_of(case clock when 'arrival' then e.received_at else e.event_at end, step, zone, range_lo), string_agg(int8send(e.device_key), ''::bytea)
        from synchealth.events_in(clock, lo, hi) e
        join (select f.segment_id, f.core_id from synchealth.segment f where f.core_id = any (cores)) s using (segment_id)
        where e.has_device and e.outcome > 0
        group by 1, 2;
    end if;
end
$$;

-- One edge of a range, or all of one that has no whole hours, by whatever is least to read.
create function synchealth.edge_device_keys(
    app_name text, cores integer[], lo timestamptz, hi timestamptz, clock text, step interval, zone text, range_lo timestamptz)
returns table (core_id integer, at timestamptz, keys bytea)
language plpgsql stable rows 1000 as $$
declare
    slot_lo constant timestamptz := least(synchealth.ceil_to('5 minutes', lo), hi);
    slot_hi constant timestamptz := greatest(synchealth.floor_to('5 minutes', hi), slot_lo);
begin
    if lo >= hi then
        return;
    elsif clock = 'event' and synchealth.has_slots(lo, hi, step) then
        return query select * from synchealth.raw_device_keys(cores, lo, slot_lo, clock, step, zone, range_lo);
        return query select * from synchealth.slot_devices(cores, slot_lo, slot_hi, step, zone, range_lo);
        return query select * from synchealth.raw_device_keys(cores, slot_hi, hi, clock, step, zone, range_lo);
    elsif clock = 'event' and hi - lo <= interval '2 hours'
        and synchealth.has_few_devices((select a.app_id from synchealth.app a where a.name = app_name), cores, synchealth.floor_to('1 hour', lo), hi) then
        return query
        select d.core_id, d.at, string_agg(int8send(d.device_key), ''::bytea)
        from synchealth.raw_devices_of_few(cores, lo, hi, step, zone, range_lo) d
        group by 1, 2;
    else
        return query select * from synchealth.raw_device_keys(cores, lo, hi, clock, step, zone, range_lo);
    end if;
end
$$;

-- As before, but for the edges; and devices of hours that no set holds yet are told apart by whoever counts them.
create or replace function synchealth.core_device_sets(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, clock text, source text, dimensions text[], filters text[])
returns table (group_key text[], at timestamptz, keys bytea, registers bytea)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' as $$
declare
    by_hour constant boolean := clock = 'event' and source in ('day', 'hour');
    hour_lo constant timestamptz := case when by_hour then least(synchealth.ceil_to('1 hour', lo), hi) else hi end;
    hour_hi constant timestamptz := greatest(synchealth.floor_to('1 hour', hi), hour_lo);
    day_lo constant timestamptz := case when source = 'day' then least(synchealth.ceil_to('1 day', hour_lo), hour_hi) else hour_hi end;
    day_hi constant timestamptz := greatest(synchealth.floor_to('1 day', hour_hi), day_lo);
    cores constant integer[] := array(select g.core_id from synchealth.core_groups(app_name, dimensions, filters) g);
    margin constant text := case when by_hour then synchealth.margin_of(dimensions, filters) end;
    short constant interval := case when margin = 'os' then '1 hour' else '6 hours' end;
    -- Six hours are within one step. A step of a day begins at midnight somewhere, which is that of days only where these are the source.
    has_short constant boolean := margin = 'os' or margin is not null and (step is null or source = 'day' or step <> '1 day' and extract(epoch from step)::bigint % 21600 = 0);
    short_lo constant timestamptz := case when has_short then least(synchealth.ceil_to(short, hour_lo), hour_hi) else hour_hi end;
    short_hi constant timestamptz := greatest(synchealth.floor_to(short, hour_hi), short_lo);
    -- The hours that are left to the segments: [hour_lo, left_hi) and [right_lo, hour_hi).
    left_hi constant timestamptz := case when has_short then short_lo else day_lo end;
    right_lo constant timestamptz := case when has_short then short_hi else day_hi end;
begin
    return query
    with core as materialized (
        select *, dense_rank() over (order by g.group_key) as no from synchealth.core_groups(app_name, dimensions, filters) g),
    shared as materialized (
        select distinct c.no, s.app_id, s.environment, case margin when 'app_version' then s.app_version when 'os' then s.os else s.network end as value
        from core c join synchealth.core_segment s using (core_id)
        where margin is not null),
    part as (
        select c.no, synchealth.point_of(h.hour_at, step, zone, lo) as at, int8send(h.device_key) as keys, ''::bytea as registers
        from synchealth.device_open_hour h join core c using (core_id)
        where h.hour_at >= hour_lo and h.hour_at < hour_hi
        union all
        select c.no, synchealth.point_of(n.hour_at, step, zone, lo), int8send(i.device_key), ''::bytea
        from synchealth.device_increment i join core c using (core_id)
        join generate_series(0, 23) h on i.hours >> h & 1 = 1
        cross join lateral (select synchealth.floor_to('1 day', i.event_at) + interval '1 hour' * h as hour_at) n
        where n.hour_at >= hour_lo and n.hour_at < hour_hi
        union all
        select c.no, e.at, e.keys, ''::bytea
        from (
            select * from synchealth.edge_device_keys(app_name, cores, lo, hour_lo, clock, step, zone, lo)
            union all
            select * from synchealth.edge_device_keys(app_name, cores, hour_hi, hi, clock, step, zone, lo)) e
        join core c using (core_id)
        union all
        select c.no, synchealth.point_of(d.bucket_at, step, zone, lo), d.keys, d.registers
        from synchealth.device_set d join core c using (core_id)
        where (margin is null and d.grain = 3 and d.bucket_at >= day_lo and d.bucket_at < day_hi)
           or (d.grain = 2 and (d.bucket_at >= hour_lo and d.bucket_at < left_hi or d.bucket_at >= right_lo and d.bucket_at < hour_hi))
        union all
        select x.no, synchealth.point_of(d.bucket_at, step, zone, lo), d.keys, d.registers
        from shared x
        join synchealth.device_margin d on d.app_id = x.app_id and d.dimension = margin and d.environment = x.environment and d.value = x.value
        where (d.grain = 3 and d.bucket_at >= day_lo and d.bucket_at < day_hi)
           or (d.grain = case when margin = 'os' then 1 else 2 end
               and (d.bucket_at >= short_lo and d.bucket_at < least(day_lo, short_hi) or d.bucket_at >= greatest(day_hi, short_lo) and d.bucket_at < short_hi))),
    joined as (
        select p.no, p.at, string_agg(p.keys, ''::bytea) as keys, string_agg(p.registers, ''::bytea) as registers from part p group by 1, 2)
    select k.group_key, j.at, j.keys, j.registers
    from joined j join (select distinct x.no, x.group_key from core x) k using (no);
end
$$;

drop function synchealth.edge_devices(text, integer[], timestamptz, timestamptz, text, interval, text, timestamptz);
