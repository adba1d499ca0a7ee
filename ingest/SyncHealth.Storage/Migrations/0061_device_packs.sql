-- What devices did on a day stands in packs: one row per core segment and day for up to a thousand devices, a column an array. A row of its own per
-- device, day and segment took 120 bytes and 53 of index for the two or three events that it counts (docs/adr/0012-packs.md).
-- Nothing is rewritten here: device_day holds the rows that are not packed yet, and the next maintenance packs them.

-- Days of devices, added up with the rows of device_day: a device may have a cell here and a row there. Chunks of a core segment's day do not overlap.
create table synchealth.device_day_pack (
    day_at timestamptz not null,
    first_key bigint not null,                  -- the first of device_keys
    last_key bigint not null,                   -- and the last
    core_id integer not null,
    devices integer not null,                   -- how many
    device_keys bigint[] not null,              -- ascending
    attempts integer[],                         -- in their order, as in device_day; null where every device has 0
    successes integer[],
    partials integer[],
    cancelled integer[],
    first_try integer[],
    offline_failures integer[],
    server_failures integer[],
    app_failures integer[],
    over_60s integer[],
    conflicted integer[],
    conflicts bigint[],
    sketches bytea[] not null,
    constraint device_day_pack_pkey primary key (core_id, day_at, first_key)
);
-- Keys are hashes: trying to compress them costs time and gives nothing. The rest is mostly small numbers, and compresses well.
alter table synchealth.device_day_pack alter column device_keys set storage external;

-- Folded days of devices, packed or not. A device can have two rows for one key. Arrays side by side in a select list are taken apart in step, null for
-- one that is shorter, and without the copy of all their rows that unnest makes in a from list.
create view synchealth.device_day_folded as
    select device_key, day_at, core_id, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures,
           over_60s, conflicted, conflicts, sketch
    from synchealth.device_day
    union all
    select u.device_key, u.day_at, u.core_id, coalesce(u.attempts, 0), coalesce(u.successes, 0), coalesce(u.partials, 0), coalesce(u.cancelled, 0),
           coalesce(u.first_try, 0), coalesce(u.offline_failures, 0), coalesce(u.server_failures, 0), coalesce(u.app_failures, 0),
           coalesce(u.over_60s, 0), coalesce(u.conflicted, 0), coalesce(u.conflicts, 0), u.sketch
    from (
        select p.day_at, p.core_id, unnest(p.device_keys) as device_key, unnest(p.attempts) as attempts, unnest(p.successes) as successes,
            unnest(p.partials) as partials, unnest(p.cancelled) as cancelled, unnest(p.first_try) as first_try, unnest(p.offline_failures) as offline_failures,
            unnest(p.server_failures) as server_failures, unnest(p.app_failures) as app_failures, unnest(p.over_60s) as over_60s,
            unnest(p.conflicted) as conflicted, unnest(p.conflicts) as conflicts, unnest(p.sketches) as sketch
        from synchealth.device_day_pack p) u;

-- As before: with what is not folded yet. Who asks for some core segments names them (core_id = any (...)), for a join reads every pack.
create or replace view synchealth.device_day_row as
    select device_key, day_at, core_id, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s,
           conflicted, conflicts, sketch
    from synchealth.device_day_folded
    union all
    select device_key, synchealth.floor_to('1 day', event_at), core_id, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures,
           app_failures, over_60s, conflicted, conflicts, sketch
    from synchealth.device_increment;

-- A sketch in its shortest mergeable form, where it has grown beyond max_bytes by concatenation; pairs alone, for units would save a few bytes more.
create function synchealth.bounded_sketch(sketch bytea, max_bytes integer) returns bytea
language sql immutable parallel safe
return case
    when octet_length(sketch) <= max_bytes then sketch
    else (select string_agg(synchealth.sketch_pair(b.bucket, b.count), ''::bytea order by b.bucket) from synchealth.duration_buckets(sketch) b)
end;

-- An array without its elements at some places; null for null.
create function synchealth.without_places(elements anyarray, places bigint[]) returns anyarray
language sql immutable strict parallel safe as $$
    select array(select x.element from unnest(elements) with ordinality x (element, place) where x.place <> all (places) order by x.place)
$$;

-- Takes devices out of a chunk by their places in it; returns how many. The caller holds the fold's lock.
create function synchealth.erase_packed_days(core integer, day timestamptz, first bigint, places bigint[]) returns integer
language plpgsql as $$
begin
    update synchealth.device_day_pack p set
        devices = p.devices - cardinality(places),
        device_keys = synchealth.without_places(p.device_keys, places),
        attempts = synchealth.without_places(p.attempts, places),
        successes = synchealth.without_places(p.successes, places),
        partials = synchealth.without_places(p.partials, places),
        cancelled = synchealth.without_places(p.cancelled, places),
        first_try = synchealth.without_places(p.first_try, places),
        offline_failures = synchealth.without_places(p.offline_failures, places),
        server_failures = synchealth.without_places(p.server_failures, places),
        app_failures = synchealth.without_places(p.app_failures, places),
        over_60s = synchealth.without_places(p.over_60s, places),
        conflicted = synchealth.without_places(p.conflicted, places),
        conflicts = synchealth.without_places(p.conflicts, places),
        sketches = synchealth.without_places(p.sketches, places)
    where p.core_id = core and p.day_at = day and p.first_key = first;
    update synchealth.device_day_pack p set first_key = p.device_keys[1], last_key = p.device_keys[p.devices]
    where p.core_id = core and p.day_at = day and p.first_key = first and p.devices > 0;
    delete from synchealth.device_day_pack p where p.core_id = core and p.day_at = day and p.first_key = first and p.devices = 0;
    return cardinality(places);
end
$$;

-- Days of devices in some core segments, by what verdicts read of them, folded or not; of packs only the columns that are asked are taken apart.
create function synchealth.device_days(cores integer[], days timestamptz[], last_key bigint)
returns table (core_id integer, device_key bigint, attempts integer, successes integer, over_60s integer, conflicted integer, sketch bytea)
language sql stable as $$
    -- The parameter by its full name: a pack has a column of that name.
    select d.core_id, d.device_key, d.attempts, d.successes, d.over_60s, d.conflicted, d.sketch
    from synchealth.device_day d
    where d.core_id = any (cores) and d.day_at = any (days) and d.device_key <= device_days.last_key
    union all
    select u.core_id, u.device_key, u.attempts, u.successes, u.over_60s, u.conflicted, u.sketch
    from (
        select p.core_id, unnest(p.device_keys) as device_key, unnest(p.attempts) as attempts, unnest(p.successes) as successes, unnest(p.over_60s) as over_60s,
            unnest(p.conflicted) as conflicted, unnest(p.sketches) as sketch
        from synchealth.device_day_pack p
        where p.core_id = any (cores) and p.day_at = any (days) and p.first_key <= device_days.last_key) u
    where u.device_key <= device_days.last_key
    union all
    select i.core_id, i.device_key, i.attempts, i.successes, i.over_60s, i.conflicted, i.sketch
    from synchealth.device_increment i
    where i.core_id = any (cores) and synchealth.floor_to('1 day', i.event_at) = any (days) and i.device_key <= device_days.last_key
$$;

-- As before, from packs too.
create or replace function synchealth.release_devices(
    app_name text, kind text, release text, baseline text, filters text[], days timestamptz[], last_key bigint, slow_bucket integer)
returns table (arm integer, os text, network text, app_version text, device_key bigint, attempts bigint, successes bigint, slow bigint, conflicted bigint)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '64MB' as $$
declare
    cores integer[];
begin
    if kind = 'tag' then
        return query
        select case when release is null then null when n.value = release then 1 else 0 end, c.group_key[1], c.group_key[2], c.group_key[3], e.device_key,
            count(*), count(*) filter (where e.outcome in (1, 2)),
            count(*) filter (where case when slow_bucket is null then e.duration_ms > 60000 else synchealth.sketch_bucket(e.duration_ms) > slow_bucket end),
            count(*) filter (where e.conflict_count > 0)
        from synchealth.app a
        cross join unnest(days) day
        cross join lateral synchealth.events_on('event', day, day + interval '1 day') e
        join synchealth.segment s using (segment_id)
        join synchealth.core_groups(app_name, '{os,network,app_version}', filters) c using (core_id)
        join synchealth.device_profile p using (profile_id)
        cross join lateral (select p.tags ->> a.promoted_tag as value) n
        where a.name = app_name and e.has_device and e.device_key <= last_key and e.outcome > 0 and (release is null or n.value in (release, baseline))
        group by 1, 2, 3, 4, 5;
    else
        cores := array(
            select g.core_id from synchealth.core_groups(app_name, '{app_version}', filters) g
            where release is null or synchealth.release_name(kind, g.group_key[1]) in (release, baseline));
        -- By core segment first: an integer is grouped faster than names are (a quarter less of the whole), and there are up to thirty days to a device.
        return query
        with core as materialized (
            select g.core_id, case when release is null then null when n.name = release then 1 else 0 end as arm, g.group_key[1] as os, g.group_key[2] as network
            from synchealth.core_groups(app_name, '{os,network,app_version}', filters) g
            cross join lateral (select synchealth.release_name(kind, g.group_key[3]) as name) n
            where release is null or n.name in (release, baseline)),
        whole as materialized (
            select d.core_id, d.device_key, sum(d.attempts) as attempts, sum(d.successes) as successes,
                sum(case when slow_bucket is null then d.over_60s else synchealth.sketch_above(d.sketch, slow_bucket) end)::bigint as slow, sum(d.conflicted) as conflicted
            from synchealth.device_days(cores, days, last_key) d
            group by d.core_id, d.device_key)
        select c.arm, c.os, c.network, '', w.device_key, synchealth.total(w.attempts), synchealth.total(w.successes), synchealth.total(w.slow),
            synchealth.total(w.conflicted)
        from whole w
        join core c using (core_id)
        group by c.arm, c.os, c.network, w.device_key
        having synchealth.total(w.attempts) > 0;
    end if;
end
$$;

-- As before, from packs too.
create or replace function synchealth.release_durations(app_name text, kind text, release text, filters text[], days timestamptz[], last_key bigint) returns bytea
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '64MB' as $$
declare
    cores integer[];
begin
    if kind = 'tag' then
        return (
            select string_agg(synchealth.sketch_pair(b.bucket, b.count), ''::bytea)
            from (
                select synchealth.sketch_bucket(e.duration_ms) as bucket, count(*) as count
                from synchealth.app a
                cross join unnest(days) day
                cross join lateral synchealth.events_on('event', day, day + interval '1 day') e
                join synchealth.segment s using (segment_id)
                join synchealth.core_groups(app_name, '{}', filters) c using (core_id)
                join synchealth.device_profile p using (profile_id)
                where a.name = app_name and e.has_device and e.device_key <= last_key and e.outcome > 0 and p.tags ->> a.promoted_tag = release
                group by 1) b);
    end if;
    cores := array(
        select c.core_id from synchealth.core_groups(app_name, '{app_version}', filters) c where synchealth.release_name(kind, c.group_key[1]) = release);
    return (select string_agg(d.sketch, ''::bytea) from synchealth.device_days(cores, days, last_key) d);
end
$$;
