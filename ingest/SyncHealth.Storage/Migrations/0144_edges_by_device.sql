-- The devices of a range that begins or ends within an hour come from the raw events of its edges. These lie together whatever app they are of, so an app that sent a million
-- events in that hour made the questions of every other app slow; and as the planner took them for one, they were read once for each segment of the app that asked: four
-- seconds instead of four hundredths beside such an app (C5). Three things are done about it. An app that had few devices in the hour, which their sets know, asks for the
-- events of each by its key; what is read otherwise is read once; and events of corrected clocks have an index of their own.

-- The corrected ones alone: event_stray holds what was late as well, all of which was read to find them. To build it, every partition is read once, and ingest waits meanwhile.
create index event_skewed on synchealth.event (event_at) where event_at <> device_at;

-- Whether an app has few devices, now as in the hours of a range, and the sets of these know each of them. What it has now is counted over all hours that no set holds yet: there
-- is no looking for one of them. Index: device_hour_pkey, device_margin_pkey.
create function synchealth.has_few_devices(app integer, cores integer[], since timestamptz, until timestamptz) returns boolean
language plpgsql stable set plan_cache_mode = force_generic_plan set jit = off as $$
declare
    -- As many as a set tells apart. Looking for one takes some ten microseconds: all of them as much as to read fifty thousand events.
    max_devices constant integer := 1000;
begin
    return (
            select count(*) <= max_devices
            from (
                select from synchealth.device_hour h where h.core_id = any (cores)
                union all
                select from synchealth.device_increment i where i.core_id = any (cores)
                limit max_devices + 1) x)
        and not exists (
            select from synchealth.device_margin m
            where m.app_id = app and m.dimension = 'os' and m.grain = 1 and m.bucket_at >= since and m.bucket_at < until
            having sum(octet_length(m.keys)) > 8 * max_devices or sum(octet_length(m.registers)) > 0);
end
$$;

-- The devices that each core segment may have had in the hours of a range, all of them and some more. Index: device_hour_pkey, device_set_pkey.
create function synchealth.devices_of_hours(cores integer[], since timestamptz, until timestamptz) returns table (core_id integer, device_key bigint)
language sql stable as $$
    select h.core_id, h.device_key from synchealth.device_hour h where h.core_id = any (cores) and h.hour_at >= since and h.hour_at < until
    union
    select i.core_id, i.device_key from synchealth.device_increment i where i.core_id = any (cores)
    union
    select d.core_id, ('x' || encode(substr(d.keys, 1 + (8 * n), 8), 'hex'))::bit(64)::bigint
    from synchealth.device_set d
    cross join lateral generate_series(0, (octet_length(d.keys) / 8) - 1) n
    where d.core_id = any (cores) and d.grain = 2 and d.bucket_at >= since and d.bucket_at < until
$$;

-- The devices with an attempt in a part of a range, by core segment and point, from all raw events. range_lo: where the whole range begins. Planned once: it is asked twice
-- for each question. Index: those of events_in.
create function synchealth.raw_devices(
    cores integer[], lo timestamptz, hi timestamptz, clock text, step interval, zone text, range_lo timestamptz)
returns table (core_id integer, at timestamptz, device_key bigint)
language plpgsql stable set plan_cache_mode = force_generic_plan set jit = off set work_mem = '32MB' set enable_nestloop = off set enable_sort = off as $$
begin
    return query
    select distinct s.core_id, synchealth.point_of(case clock when 'arrival' then e.received_at else e.event_at end, step, zone, range_lo), e.device_key
    from synchealth.events_in(clock, lo, hi) e
    join (select f.segment_id, f.core_id from synchealth.segment f where f.core_id = any (cores)) s using (segment_id)
    where e.has_device and e.outcome > 0;
end
$$;

-- The same by the event clock from the events of the devices that may have been there: where all is in one point, one event of each will do.
-- Index: the primary one of event, event_skewed, segment_pkey.
create function synchealth.raw_devices_of_few(cores integer[], lo timestamptz, hi timestamptz, step interval, zone text, range_lo timestamptz)
returns table (core_id integer, at timestamptz, device_key bigint)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set enable_hashjoin = off set enable_mergejoin = off set enable_bitmapscan = off as $$
declare
    first constant timestamptz := synchealth.point_of(lo, step, zone, range_lo);
    since constant timestamptz := synchealth.floor_to('1 hour', lo);
begin
    if first = synchealth.point_of(hi - interval '1 microsecond', step, zone, range_lo) then
        return query
        select k.core_id, first, k.device_key
        from synchealth.devices_of_hours(cores, since, hi) k
        cross join lateral (
            select from synchealth.event x
            where x.device_key = k.device_key and x.device_at >= lo and x.device_at < hi and x.event_at = x.device_at
              and x.received_at <= (select synchealth.as_of()) and x.has_device and x.outcome > 0
              and (select s.core_id from synchealth.segment s where s.segment_id = x.segment_id) = k.core_id
            limit 1) e;
    else
        return query
        select distinct s.core_id, synchealth.point_of(x.event_at, step, zone, range_lo), x.device_key
        from (select distinct d.device_key from synchealth.devices_of_hours(cores, since, hi) d) k
        join synchealth.event x on x.device_key = k.device_key and x.device_at >= lo and x.device_at < hi and x.event_at = x.device_at
        join synchealth.segment s on s.segment_id = x.segment_id
        where x.received_at <= (select synchealth.as_of()) and x.has_device and x.outcome > 0 and s.core_id = any (cores);
    end if;
    return query
    select distinct s.core_id, synchealth.point_of(x.event_at, step, zone, range_lo), x.device_key
    from synchealth.skewed_events(lo, hi) x join synchealth.segment s on s.segment_id = x.segment_id
    where x.has_device and x.outcome > 0 and s.core_id = any (cores);
end
$$;

-- One edge, by whichever is less to read; a device may come twice.
create function synchealth.edge_devices(
    app_name text, cores integer[], lo timestamptz, hi timestamptz, clock text, step interval, zone text, range_lo timestamptz)
returns table (core_id integer, at timestamptz, device_key bigint)
language plpgsql stable rows 10 as $$
begin
    if lo >= hi then
        return;
    elsif clock = 'event' and hi - lo <= interval '2 hours'
        and synchealth.has_few_devices((select a.app_id from synchealth.app a where a.name = app_name), cores, synchealth.floor_to('1 hour', lo), hi) then
        return query select * from synchealth.raw_devices_of_few(cores, lo, hi, step, zone, range_lo);
    else
        return query select * from synchealth.raw_devices(cores, lo, hi, clock, step, zone, range_lo);
    end if;
end
$$;

-- As before, but for the edges.
do $$
declare
    changed constant text := replace(replace(replace(
        pg_get_functiondef('synchealth.core_device_sets'::regproc),
        $old$        select s.no, synchealth.point_of(case clock when 'arrival' then e.received_at else e.event_at end, step, zone, lo), e.device_key
        from (select * from synchealth.events_in(clock, lo, hour_lo) union all select * from synchealth.events_in(clock, hour_hi, hi)) e
        join seg s using (segment_id)
        where e.has_device and e.outcome > 0),$old$,
        $new$        select c.no, e.at, e.device_key
        from (
            select * from synchealth.edge_devices(app_name, cores, lo, hour_lo, clock, step, zone, lo)
            union all
            select * from synchealth.edge_devices(app_name, cores, hour_hi, hi, clock, step, zone, lo)) e
        join core c using (core_id)),$new$),
        $old$    seg as materialized (
        select f.segment_id, c.no from core c join synchealth.segment f using (core_id)),
$old$, ''),
        $old$    margin constant text :=$old$,
        $new$    cores constant integer[] := array(select g.core_id from synchealth.core_groups(app_name, dimensions, filters) g);
    margin constant text :=$new$);
begin
    if changed not like '%edge_devices%edge_devices%' or changed like '%join seg s%' or changed not like '%cores constant%' then
        raise exception 'core_device_sets is not what this migration expects';
    end if;
    execute changed;
end
$$;
