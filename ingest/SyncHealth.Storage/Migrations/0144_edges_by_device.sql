-- The devices of a range that begins or ends within an hour come from the raw events of its edges. These lie together whatever app they are of, so an app that sent a million
-- events in that hour made the questions of every other app slow; and as the planner took them for one, they were read once for each segment of the app that asked: four
-- seconds instead of four hundredths beside such an app (C5). Two things are done about it. An app that had few devices in the hour, which their sets know, asks for the
-- events of each by its key; and what is read otherwise is read once.

-- The devices that an app may have had in the hours of a range, all of them and some more; null where they are many, or not known one by one.
-- Index: device_margin_pkey, device_hour_pkey.
create function synchealth.few_devices(app integer, cores integer[], lo timestamptz, hi timestamptz) returns bigint[]
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off as $$
declare
    -- Looking each up takes some five microseconds: as much as to read a hundred thousand events.
    max_devices constant integer := 4096;
    since constant timestamptz := synchealth.floor_to('1 hour', lo);
    packed bytea;
    found bigint[];
begin
    if exists (select from synchealth.device_margin m
            where m.app_id = app and m.dimension = 'os' and m.grain = 1 and m.bucket_at >= since and m.bucket_at < hi
            having sum(octet_length(m.keys)) > 8 * max_devices or sum(octet_length(m.registers)) > 0) then
        return null;
    end if;
    packed := (select string_agg(m.keys, ''::bytea) from synchealth.device_margin m
        where m.app_id = app and m.dimension = 'os' and m.grain = 1 and m.bucket_at >= since and m.bucket_at < hi);
    found := array(
        select x.device_key
        from (
            select h.device_key from synchealth.device_hour h where h.core_id = any (cores) and h.hour_at >= since and h.hour_at < hi
            union all
            select i.device_key from synchealth.device_increment i where i.core_id = any (cores)) x
        limit max_devices + 1);
    if cardinality(found) > max_devices then
        return null;
    end if;
    return array(
        select unnest(found)
        union
        select ('x' || encode(substr(packed, 1 + (8 * n), 8), 'hex'))::bit(64)::bigint from generate_series(0, (octet_length(packed) / 8) - 1) n);
end
$$;

-- The devices with an attempt in a part of a range, from the raw events, by point. range_lo: where the whole range begins. Index: those of event_in.
create function synchealth.raw_devices(
    cores integer[], lo timestamptz, hi timestamptz, clock text, step interval, zone text, range_lo timestamptz)
returns table (core_id integer, at timestamptz, device_key bigint)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' set enable_nestloop = off set enable_sort = off as $$
begin
    return query
    select distinct s.core_id, synchealth.point_of(case clock when 'arrival' then e.received_at else e.event_at end, step, zone, range_lo), e.device_key
    from synchealth.events_in(clock, lo, hi) e
    join (select f.segment_id, f.core_id from synchealth.segment f where f.core_id = any (cores)) s using (segment_id)
    where e.has_device and e.outcome > 0;
end
$$;

-- The same by the event clock where the devices that may have been there are known. Index: the primary one of event, event_stray, segment_pkey.
create function synchealth.raw_devices_of(
    device_keys bigint[], cores integer[], lo timestamptz, hi timestamptz, step interval, zone text, range_lo timestamptz)
returns table (core_id integer, at timestamptz, device_key bigint)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
    return query
    select distinct s.core_id, synchealth.point_of(e.event_at, step, zone, range_lo), e.device_key
    from (
        select x.segment_id, x.event_at, x.device_key
        from unnest(device_keys) k (device_key)
        join synchealth.event x on x.device_key = k.device_key and x.device_at >= lo and x.device_at < hi
        where x.event_at = x.device_at and x.received_at <= (select synchealth.as_of()) and x.has_device and x.outcome > 0
        union all
        select x.segment_id, x.event_at, x.device_key from synchealth.skewed_events(lo, hi) x where x.has_device and x.outcome > 0) e
    join synchealth.segment s on s.segment_id = e.segment_id
    where s.core_id = any (cores);
end
$$;

-- One edge, by whichever is less to read.
create function synchealth.edge_devices(
    app_name text, cores integer[], lo timestamptz, hi timestamptz, clock text, step interval, zone text, range_lo timestamptz)
returns table (core_id integer, at timestamptz, device_key bigint)
language plpgsql stable as $$
declare
    few bigint[];
begin
    if lo >= hi then
        return;
    end if;
    if clock = 'event' and hi - lo <= interval '2 hours' then
        few := synchealth.few_devices((select a.app_id from synchealth.app a where a.name = app_name), cores, lo, hi);
    end if;
    if few is null then
        return query select * from synchealth.raw_devices(cores, lo, hi, clock, step, zone, range_lo);
    else
        return query select * from synchealth.raw_devices_of(few, cores, lo, hi, step, zone, range_lo);
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
