-- Totals of devices per release stand in packs, as their days do (0061): one row per core segment for up to a thousand devices.
-- Nothing is rewritten here: device_release holds the rows that are not packed yet, and the next maintenance packs them.

-- Totals of devices, joined with the rows of device_release: a device may have a cell here and a row there. Chunks of a core segment do not overlap.
create table synchealth.device_release_pack (
    first_key bigint not null,                  -- the first of device_keys
    last_key bigint not null,                   -- and the last
    core_id integer not null,
    devices integer not null,                   -- how many
    device_keys bigint[] not null,              -- ascending
    first_seen_ats timestamptz[] not null,      -- in their order, as in device_release
    last_seen_ats timestamptz[] not null,
    attempts integer[],                         -- null where every device has 0
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
    constraint device_release_pack_pkey primary key (core_id, first_key)
);
alter table synchealth.device_release_pack alter column device_keys set storage external;

-- Folded totals of devices, packed or not. A device can have two rows for one key: bounds are least and greatest, counts are added.
create view synchealth.device_release_folded as
    select device_key, core_id, first_seen_at, last_seen_at, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures,
           over_60s, conflicted, conflicts
    from synchealth.device_release
    union all
    select u.device_key, u.core_id, u.first_seen_at, u.last_seen_at,
           coalesce(u.attempts, 0), coalesce(u.successes, 0), coalesce(u.partials, 0), coalesce(u.cancelled, 0), coalesce(u.first_try, 0),
           coalesce(u.offline_failures, 0), coalesce(u.server_failures, 0), coalesce(u.app_failures, 0), coalesce(u.over_60s, 0),
           coalesce(u.conflicted, 0), coalesce(u.conflicts, 0)
    from (
        select p.core_id, unnest(p.device_keys) as device_key, unnest(p.first_seen_ats) as first_seen_at, unnest(p.last_seen_ats) as last_seen_at,
            unnest(p.attempts) as attempts, unnest(p.successes) as successes, unnest(p.partials) as partials, unnest(p.cancelled) as cancelled,
            unnest(p.first_try) as first_try, unnest(p.offline_failures) as offline_failures, unnest(p.server_failures) as server_failures,
            unnest(p.app_failures) as app_failures, unnest(p.over_60s) as over_60s, unnest(p.conflicted) as conflicted, unnest(p.conflicts) as conflicts
        from synchealth.device_release_pack p) u;

-- As before: with what is not folded yet. Who asks for some core segments names them (core_id = any (...)), for a join reads every pack.
create or replace view synchealth.device_release_row as
    select device_key, core_id, first_seen_at, last_seen_at, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures,
           over_60s, conflicted, conflicts
    from synchealth.device_release_folded
    union all
    select device_key, core_id, first_event_at, event_at, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures,
           over_60s, conflicted, conflicts
    from synchealth.device_increment;

-- Takes devices out of a chunk by their places in it; returns how many. The caller holds the fold's lock.
create function synchealth.erase_packed_releases(core integer, first bigint, places bigint[]) returns integer
language plpgsql as $$
begin
    update synchealth.device_release_pack p set
        devices = p.devices - cardinality(places),
        device_keys = synchealth.without_places(p.device_keys, places),
        first_seen_ats = synchealth.without_places(p.first_seen_ats, places),
        last_seen_ats = synchealth.without_places(p.last_seen_ats, places),
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
        conflicts = synchealth.without_places(p.conflicts, places)
    where p.core_id = core and p.first_key = first;
    update synchealth.device_release_pack p set first_key = p.device_keys[1], last_key = p.device_keys[p.devices]
    where p.core_id = core and p.first_key = first and p.devices > 0;
    delete from synchealth.device_release_pack p where p.core_id = core and p.first_key = first and p.devices = 0;
    return cardinality(places);
end
$$;

-- When devices were seen in some core segments, folded or not; of packs only the columns that are asked are taken apart.
create function synchealth.device_spans(cores integer[], last_key bigint)
returns table (core_id integer, device_key bigint, first_seen_at timestamptz, last_seen_at timestamptz)
language sql stable as $$
    -- The parameter by its full name: a pack has a column of that name.
    select r.core_id, r.device_key, r.first_seen_at, r.last_seen_at
    from synchealth.device_release r
    where r.core_id = any (cores) and r.device_key <= device_spans.last_key
    union all
    select u.core_id, u.device_key, u.first_seen_at, u.last_seen_at
    from (
        select p.core_id, unnest(p.device_keys) as device_key, unnest(p.first_seen_ats) as first_seen_at, unnest(p.last_seen_ats) as last_seen_at
        from synchealth.device_release_pack p
        where p.core_id = any (cores) and p.first_key <= device_spans.last_key) u
    where u.device_key <= device_spans.last_key
    union all
    select i.core_id, i.device_key, i.first_event_at, i.event_at
    from synchealth.device_increment i
    where i.core_id = any (cores) and i.device_key <= device_spans.last_key
$$;

-- As before, from packs too: joined by hash, for the planner takes a handful of core segments for one and would take the packs apart once for each.
create or replace function synchealth.release_spans(app_name text, kind text, filters text[], from_at timestamptz, to_at timestamptz, last_key bigint)
returns table (name text, device_key bigint, first_at timestamptz, last_at timestamptz)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set enable_nestloop = off set work_mem = '64MB' as $$
declare
    cores integer[];
begin
    if kind = 'tag' then
        return query
        select p.tags ->> a.promoted_tag, e.device_key, min(e.event_at), max(e.event_at)
        from synchealth.app a
        cross join lateral synchealth.events_on('event', from_at, to_at) e
        join synchealth.segment s using (segment_id)
        join synchealth.core_groups(app_name, '{}', filters) c using (core_id)
        join synchealth.device_profile p using (profile_id)
        where a.name = app_name and e.has_device and e.device_key <= last_key and p.tags ? a.promoted_tag
        group by 1, 2;
    else
        cores := array(select c.core_id from synchealth.core_groups(app_name, '{}', filters) c);
        -- Materialized: a key would be picked once a row otherwise.
        return query
        with core as materialized (
            select c.core_id, synchealth.release_name(kind, c.group_key[1]) as name from synchealth.core_groups(app_name, '{app_version}', filters) c)
        select c.name, r.device_key, min(r.first_seen_at), max(r.last_seen_at)
        from core c
        join synchealth.device_spans(cores, last_key) r using (core_id)
        group by 1, 2;
    end if;
end
$$;
