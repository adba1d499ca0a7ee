-- The devices of a part of an hour came from its raw events, whatever app these are of: a day of a fleet of a million, whose ends hold the events of an hour, 416,000 of them,
-- took 1.3 to 1.9 seconds to count, and a small app beside it as long. An hour of many attempts keeps its devices by the minute from now on, for as long as ranges begin with one.
-- An hour of few is read as before: it costs less than the bytes would.

---------------------------------------------------------------------------------------------------------- rows
-- A process of the version before this must not write or move what it knows nothing of: it finds the table no more, and what it cannot fold waits for one of this version.
-- Readers count what waits.
alter table synchealth.device_hour rename to device_open_hour;
alter table synchealth.device_open_hour rename constraint device_hour_pkey to device_open_hour_pkey;

-- The minutes of the hour in which the device had an attempt: bit 0 is the first. 0: not known, from before this.
alter table synchealth.device_open_hour add column minutes bigint not null default 0;
alter table synchealth.device_open_hour alter column minutes drop default;

-- The same of each hour in hours, from the first on, eight bytes each. Null: not known.
alter table synchealth.device_increment add column minutes bytea;

-- The hours whose devices are all in device_minute or device_open_hour by the minute, and those that can never be, for some device's minutes are not known.
create table synchealth.device_minute_hour (
    hour_at timestamptz not null,
    is_complete boolean not null,
    constraint device_minute_hour_pkey primary key (hour_at)
);

-- Device keys of 8 bytes by the minute of their hour; one may be in several, and in one twice. Fed by the statement that feeds device_set.
create table synchealth.device_minute (
    hour_at timestamptz not null,
    core_id integer not null,
    starts integer[] not null,                  -- keys before each minute, and before the next hour: 61
    keys bytea not null,
    constraint device_minute_pkey primary key (hour_at, core_id)
);
-- Keys are hashes: trying to compress them costs time and gives nothing.
alter table synchealth.device_minute alter column keys set storage external;

insert into synchealth.device_minute_hour (hour_at, is_complete) select distinct h.hour_at, false from synchealth.device_open_hour h;

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

-- The minutes of one of the hours of an increment; null where they are not known. One expression, which is put in place of the call.
create function synchealth.minutes_of(hours integer, minutes bytea, hour integer) returns bigint
language sql immutable parallel safe
return ('x' || encode(substr(minutes, 1 + 8 * bit_count((hours & ((1 << hour) - 1))::bit(24))::integer, 8), 'hex'))::bit(64)::bigint;

-- The keys of the minutes [first, last) of an hour.
create function synchealth.minute_keys(starts integer[], keys bytea, first integer, last integer) returns bytea
language sql immutable parallel safe
return substr(keys, 1 + 8 * starts[first + 1], 8 * (starts[last + 1] - starts[first + 1]));

-- Whether the devices of a range can be told by the minute: it and its points begin and end with one, and every hour it touches has them. What was known at an earlier moment
-- only raw events tell.
create function synchealth.has_minutes(lo timestamptz, hi timestamptz, step interval) returns boolean
language sql stable
return lo = synchealth.floor_to('1 minute', lo) and hi = synchealth.floor_to('1 minute', hi)
    and (step is null or extract(epoch from step) % 60 = 0)
    and synchealth.as_of() = 'infinity'
    and not exists (
        select from generate_series(synchealth.floor_to('1 hour', lo), hi - interval '1 microsecond', interval '1 hour') h
        where not exists (select from synchealth.device_minute_hour m where m.hour_at = h and m.is_complete))
    and not exists (select from synchealth.device_increment i where i.hours <> 0 and i.minutes is null);

-- The devices with an attempt in [lo, hi), which has minutes, by core segment and point; a device may come twice. Indexes: device_minute_pkey, device_open_hour_pkey.
create function synchealth.minute_devices(cores integer[], lo timestamptz, hi timestamptz, step interval, zone text, range_lo timestamptz)
returns table (core_id integer, at timestamptz, keys bytea)
language plpgsql stable rows 1000 set plan_cache_mode = force_generic_plan set jit = off set work_mem = '32MB' as $$
declare
    hour_lo constant timestamptz := synchealth.floor_to('1 hour', lo);
begin
    return query
    -- A point has the minutes [first, last) of an hour.
    with span as materialized (
        select m.hour_at, m.point, min(m.minute) as first, max(m.minute) + 1 as last, bit_or(1::bigint << m.minute) as bits
        from (
            select synchealth.floor_to('1 hour', t.at) as hour_at, synchealth.point_of(t.at, step, zone, range_lo) as point, extract(minute from t.at at time zone 'UTC')::integer as minute
            from generate_series(lo, hi - interval '1 microsecond', interval '1 minute') t (at)) m
        group by 1, 2),
    -- Unpacked once, not for each point.
    held as materialized (
        select d.hour_at, d.core_id, d.starts, d.keys || ''::bytea as keys
        from synchealth.device_minute d
        where d.hour_at >= hour_lo and d.hour_at < hi and d.core_id = any (cores))
    select x.core_id, x.point, string_agg(x.keys, ''::bytea)
    from (
        select h.core_id, s.point, synchealth.minute_keys(h.starts, h.keys, s.first, s.last) as keys
        from span s
        join held h on h.hour_at = s.hour_at
        union all
        select h.core_id, s.point, int8send(h.device_key)
        from span s
        join synchealth.device_open_hour h on h.hour_at = s.hour_at
        where h.core_id = any (cores) and h.hour_at >= hour_lo and h.hour_at < hi and h.minutes & s.bits <> 0
        union all
        select i.core_id, s.point, int8send(i.device_key)
        from synchealth.device_increment i
        join span s on synchealth.floor_to('1 day', s.hour_at) = synchealth.floor_to('1 day', i.event_at)
        cross join lateral (select extract(hour from s.hour_at at time zone 'UTC')::integer as hour) n
        where i.core_id = any (cores) and i.hours >> n.hour & 1 = 1 and synchealth.minutes_of(i.hours, i.minutes, n.hour) & s.bits <> 0) x
    where octet_length(x.keys) > 0
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
begin
    if lo >= hi then
        return;
    elsif clock = 'event' and synchealth.has_minutes(lo, hi, step) then
        return query select * from synchealth.minute_devices(cores, lo, hi, step, zone, range_lo);
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
