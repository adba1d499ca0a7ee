-- What a release verdict reads: devices on two releases in the same days, of which a few dozen rows of sums are made (Verdicts/VerdictSums.sql).
-- Nothing is stored: both functions read what the fold keeps and what waits for it, so a verdict is exact at every moment.

-- Durations of a sketch that lie in buckets above one.
create function synchealth.sketch_above(sketch bytea, bucket integer) returns bigint
language plpgsql immutable strict parallel safe as $$
declare
    size constant integer := octet_length(sketch);
    place integer := 0;
    word integer;
    above bigint := 0;
begin
    while place < size loop
        word := get_byte(sketch, place) * 256 + get_byte(sketch, place + 1);
        if word >= 32768 then
            if word & 1023 > bucket then
                above := above + (word >> 10 & 31) + 1;
            end if;
            place := place + 2;
        else
            if word > bucket then
                above := above + ((get_byte(sketch, place + 2)::bigint * 256 + get_byte(sketch, place + 3)) * 256
                    + get_byte(sketch, place + 4)) * 256 + get_byte(sketch, place + 5);
            end if;
            place := place + 6;
        end if;
    end loop;
    return above;
end
$$;

-- What a release is called: by version without its build metadata (what follows '+', Semantic Versioning 2.0.0, item 10), by build with it.
create function synchealth.release_name(kind text, app_version text) returns text
language sql immutable parallel safe
return case when kind = 'version' then split_part(app_version, '+', 1) else app_version end;

-- When each device was first and last seen on each release; by tag from raw events between from_at and to_at, for device tables hold no tags.
-- Devices up to last_key. Index: device_release_pkey; event_identity's table for tags.
create function synchealth.release_spans(app_name text, kind text, filters text[], from_at timestamptz, to_at timestamptz, last_key bigint)
returns table (name text, device_key bigint, first_at timestamptz, last_at timestamptz)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '64MB' as $$
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
        -- Materialized: a key would be picked once a row otherwise.
        return query
        with core as materialized (
            select c.core_id, synchealth.release_name(kind, c.group_key[1]) as name from synchealth.core_groups(app_name, '{app_version}', filters) c)
        select c.name, r.device_key, min(r.first_seen_at), max(r.last_seen_at)
        from core c
        join synchealth.device_release_row r using (core_id)
        where r.device_key <= last_key
        group by 1, 2;
    end if;
end
$$;

-- What each device did on two releases (arm 1 and 0) on some days (starts, UTC), per stratum; without a release everything it did, arm null.
-- Slow: in a bucket above slow_bucket; without one, over 60 s. By tag the version is a part of the stratum: a flag shares its version.
-- Index: device_day_pkey, by core segment and day and up to last_key.
create function synchealth.release_devices(
    app_name text, kind text, release text, baseline text, filters text[], days timestamptz[], last_key bigint, slow_bucket integer)
returns table (arm integer, os text, network text, app_version text, device_key bigint, attempts bigint, successes bigint, slow bigint, conflicted bigint)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '64MB' as $$
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
            from core c
            join synchealth.device_day_row d using (core_id)
            where d.day_at = any (days) and d.device_key <= last_key
            group by d.core_id, d.device_key)
        select c.arm, c.os, c.network, '', w.device_key, sum(w.attempts)::bigint, sum(w.successes)::bigint, sum(w.slow)::bigint, sum(w.conflicted)::bigint
        from whole w
        join core c using (core_id)
        group by c.arm, c.os, c.network, w.device_key
        having sum(w.attempts) > 0;
    end if;
end
$$;

-- Durations of all attempts on one release on some days, as one sketch; null without any. Devices up to last_key.
create function synchealth.release_durations(app_name text, kind text, release text, filters text[], days timestamptz[], last_key bigint) returns bytea
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '64MB' as $$
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
    return (
        with core as materialized (
            select c.core_id from synchealth.core_groups(app_name, '{app_version}', filters) c where synchealth.release_name(kind, c.group_key[1]) = release)
        select string_agg(d.sketch, ''::bytea)
        from core
        join synchealth.device_day_row d using (core_id)
        where d.day_at = any (days) and d.device_key <= last_key);
end
$$;
