-- Minutes that are over stand in packs, as arrivals do (0063): one row per minute for up to a thousand core segments of an app, a column an array. A minute of a
-- core segment holds a handful of attempts, and its row took 170 bytes and an index entry of 35 for them (docs/adr/0012-packs.md). One row per minute, and not per
-- segment and hour, because a question reads a few minutes at the edges of its range, of all segments of an app.
-- Nothing is rewritten here: rollup_minute holds the minutes that are not packed yet, and the next maintenance packs them.

-- What nobody reads of a minute (retries, applied, rejected, duration_ms_sum) is left out: hours and days hold it.
create table synchealth.rollup_minute_pack (
    bucket_at timestamptz not null,             -- the minute
    core_id integer not null,                   -- the first of core_ids; all of them are of its app
    segments integer not null,                  -- how many
    core_ids integer[] not null,                -- ascending
    attempts integer[] not null,                -- in their order
    failures integer[],                         -- attempts less successes, few where successes are many; null where every segment has 0, as all that follow
    partials integer[],
    cancelled integer[],
    retried integer[],                          -- successes less first_try
    offline_failures integer[],
    server_failures integer[],
    app_failures integer[],
    over_60s integer[],
    conflicted integer[],
    conflicts_lww bigint[],
    conflicts_crdt bigint[],
    conflicts_merge bigint[],
    conflicts_ot bigint[],
    conflicts_manual bigint[],
    conflicts_unresolved bigint[],
    conflicts_unknown bigint[],
    discarded bigint[],
    pushed bigint[],
    pulled bigint[],
    bytes_up bigint[],
    bytes_down bigint[],
    success_sketches bytea[],                   -- null where all are empty
    other_sketches bytea[],
    constraint rollup_minute_pack_pkey primary key (bucket_at, core_id)
);

-- Packed minutes in [lo, hi), as core_row has the others. Whoever reads minutes there reads these beside it, with their bounds: a join on a view over packs takes all of
-- them apart.
create function synchealth.packed_minutes(lo timestamptz, hi timestamptz) returns setof synchealth.core_row
language sql stable as $$
    select 1, u.bucket_at, u.core_id, u.attempts, u.attempts - coalesce(u.failures, 0),
        coalesce(u.partials, 0), coalesce(u.cancelled, 0), u.attempts - coalesce(u.failures, 0) - coalesce(u.retried, 0),
        coalesce(u.offline_failures, 0), coalesce(u.server_failures, 0), coalesce(u.app_failures, 0), coalesce(u.over_60s, 0),
        coalesce(u.conflicted, 0), coalesce(u.conflicts_lww, 0), coalesce(u.conflicts_crdt, 0), coalesce(u.conflicts_merge, 0),
        coalesce(u.conflicts_ot, 0), coalesce(u.conflicts_manual, 0), coalesce(u.conflicts_unresolved, 0), coalesce(u.conflicts_unknown, 0),
        coalesce(u.discarded, 0), coalesce(u.pushed, 0), coalesce(u.pulled, 0), coalesce(u.bytes_up, 0), coalesce(u.bytes_down, 0),
        coalesce(u.success_sketch, ''), coalesce(u.other_sketch, '')
    from (
        select p.bucket_at, unnest(p.core_ids) as core_id, unnest(p.attempts) as attempts, unnest(p.failures) as failures,
            unnest(p.partials) as partials, unnest(p.cancelled) as cancelled, unnest(p.retried) as retried,
            unnest(p.offline_failures) as offline_failures, unnest(p.server_failures) as server_failures, unnest(p.app_failures) as app_failures,
            unnest(p.over_60s) as over_60s, unnest(p.conflicted) as conflicted, unnest(p.conflicts_lww) as conflicts_lww,
            unnest(p.conflicts_crdt) as conflicts_crdt, unnest(p.conflicts_merge) as conflicts_merge, unnest(p.conflicts_ot) as conflicts_ot,
            unnest(p.conflicts_manual) as conflicts_manual, unnest(p.conflicts_unresolved) as conflicts_unresolved,
            unnest(p.conflicts_unknown) as conflicts_unknown, unnest(p.discarded) as discarded, unnest(p.pushed) as pushed, unnest(p.pulled) as pulled,
            unnest(p.bytes_up) as bytes_up, unnest(p.bytes_down) as bytes_down, unnest(p.success_sketches) as success_sketch,
            unnest(p.other_sketches) as other_sketch
        from synchealth.rollup_minute_pack p
        where p.bucket_at >= lo and p.bucket_at < hi) u
$$;

-- As before, from packs too.
create or replace function synchealth.core_counts(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, source text, dimensions text[], filters text[])
returns setof synchealth.vital_count
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' as $$
declare
    hour_lo constant timestamptz := case when source = 'minute' then hi else least(synchealth.ceil_to('1 hour', lo), hi) end;
    hour_hi constant timestamptz := greatest(synchealth.floor_to('1 hour', hi), hour_lo);
    day_lo constant timestamptz := case when source = 'day' then least(synchealth.ceil_to('1 day', hour_lo), hour_hi) else hour_hi end;
    day_hi constant timestamptz := greatest(synchealth.floor_to('1 day', hour_hi), day_lo);
begin
    return query
    with core as materialized (
        select *, dense_rank() over (order by x.group_key)::integer as no from synchealth.core_groups(app_name, dimensions, filters) x),
    -- Taken apart once, whatever the planner thinks of how many segments there are.
    packed as materialized (
        select * from synchealth.packed_minutes(lo, hour_lo)
        union all
        select * from synchealth.packed_minutes(hour_hi, hi)),
    part as (
        select g.no, g.group_key, r.bucket_at, r.attempts, r.successes, r.partials, r.cancelled, r.first_try, r.offline_failures, r.server_failures, r.app_failures, r.over_60s, r.conflicted,
            r.conflicts_lww, r.conflicts_crdt, r.conflicts_merge, r.conflicts_ot, r.conflicts_manual, r.conflicts_unresolved, r.conflicts_unknown, r.discarded,
            r.pushed, r.pulled, r.bytes_up, r.bytes_down, r.success_sketch, r.other_sketch
        from synchealth.core_row r
        join core g using (core_id)
        where (r.grain = 3 and r.bucket_at >= day_lo and r.bucket_at < day_hi)
           or (r.grain = 2 and (r.bucket_at >= hour_lo and r.bucket_at < day_lo or r.bucket_at >= day_hi and r.bucket_at < hour_hi))
           or (r.grain = 1 and (r.bucket_at >= lo and r.bucket_at < hour_lo or r.bucket_at >= hour_hi and r.bucket_at < hi))
           or (r.grain = 0 and r.bucket_at >= lo and r.bucket_at < hi)
        union all
        select g.no, g.group_key, r.bucket_at, r.attempts, r.successes, r.partials, r.cancelled, r.first_try, r.offline_failures, r.server_failures, r.app_failures, r.over_60s, r.conflicted,
            r.conflicts_lww, r.conflicts_crdt, r.conflicts_merge, r.conflicts_ot, r.conflicts_manual, r.conflicts_unresolved, r.conflicts_unknown, r.discarded,
            r.pushed, r.pulled, r.bytes_up, r.bytes_down, r.success_sketch, r.other_sketch
        from packed r
        join core g using (core_id))
    select min(r.group_key), synchealth.point_of(r.bucket_at, step, zone, lo),
        sum(r.attempts), sum(r.successes), sum(r.partials), sum(r.cancelled), sum(r.first_try),
        sum(r.offline_failures), sum(r.server_failures), sum(r.app_failures), sum(r.over_60s), sum(r.conflicted),
        sum(r.conflicts_lww)::bigint, sum(r.conflicts_crdt)::bigint, sum(r.conflicts_merge)::bigint, sum(r.conflicts_ot)::bigint, sum(r.conflicts_manual)::bigint,
        sum(r.conflicts_unresolved)::bigint, sum(r.conflicts_unknown)::bigint, sum(r.discarded)::bigint,
        sum(r.pushed)::bigint, sum(r.pulled)::bigint, sum(r.bytes_up)::bigint, sum(r.bytes_down)::bigint,
        string_agg(r.success_sketch, ''::bytea), string_agg(r.other_sketch, ''::bytea)
    from part r
    group by r.no, 2;
end
$$;

-- As before, from packs of minutes too.
create or replace function synchealth.rule_core_counts(
    app_name text, lo timestamptz, hi timestamptz, clock text, dimensions text[], filters text[])
returns setof synchealth.rule_count
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set enable_nestloop = off set work_mem = '32MB' as $$
declare
    cores constant integer[] := array(select c.core_id from synchealth.core_groups(app_name, '{}', filters) c);
begin
    return query
    with core as materialized (
        select g.core_id, g.group_key, dense_rank() over (order by g.group_key)::integer as no
        from synchealth.core_groups(app_name, dimensions, filters) g),
    minute as (
        select r.core_id, r.attempts, r.successes, r.first_try, r.over_60s, r.conflicted,
            r.conflicts_lww + r.conflicts_crdt + r.conflicts_merge + r.conflicts_ot + r.conflicts_manual + r.conflicts_unresolved + r.conflicts_unknown as conflicts,
            r.success_sketch || r.other_sketch as durations
        from synchealth.core_row r
        where clock = 'event' and r.core_id = any (cores) and r.grain <= 1 and r.bucket_at >= lo and r.bucket_at < hi
        union all
        select r.core_id, r.attempts, r.successes, r.first_try, r.over_60s, r.conflicted,
            r.conflicts_lww + r.conflicts_crdt + r.conflicts_merge + r.conflicts_ot + r.conflicts_manual + r.conflicts_unresolved + r.conflicts_unknown,
            r.success_sketch || r.other_sketch
        from synchealth.packed_minutes(lo, hi) r
        where clock = 'event' and r.core_id = any (cores)
        union all
        select r.core_id, r.attempts, r.successes, r.first_try, r.over_60s, r.conflicted,
            r.conflicts_lww + r.conflicts_crdt + r.conflicts_merge + r.conflicts_ot + r.conflicts_manual + r.conflicts_unresolved + r.conflicts_unknown,
            r.success_sketch || r.other_sketch
        from (select * from synchealth.arrival_row union all select * from synchealth.packed_arrivals(lo, hi)) r
        where clock <> 'event' and r.core_id = any (cores) and r.arrival_at >= lo and r.arrival_at < hi and (r.lag_class > 1) = (clock = 'late')),
    counted as (
        select c.no, sum(m.attempts)::bigint as attempts, sum(m.successes)::bigint as successes, sum(m.first_try)::bigint as first_try,
            sum(m.over_60s)::bigint as over_60s, sum(m.conflicts)::bigint as conflicts, sum(m.conflicted)::bigint as conflicted,
            string_agg(m.durations, ''::bytea) as durations
        from minute m join core c using (core_id)
        group by c.no),
    seen as (
        select c.no, count(distinct a.device_key) as devices
        from synchealth.rule_attempts(clock, lo, hi, '{}') a
        join synchealth.segment s using (segment_id)
        join core c using (core_id)
        where a.has_device
        group by c.no)
    select k.group_key, n.attempts, n.successes, n.first_try, n.over_60s, n.conflicts, n.conflicted, coalesce(d.devices, 0), n.durations
    from counted n
    left join seen d using (no)
    join (select distinct x.no, x.group_key from core x) k using (no)
    where n.attempts > 0;
end
$$;

-- As before, from packs too.
create or replace view synchealth.sync_metrics as
    select m.timestamp, a.name as app, c.app_version, c.os, c.network, c.environment, m.attempts, m.successes,
        100.0 * m.successes / nullif(m.attempts, 0) as sync_success_rate,
        d.p[1] as p50_ms,
        d.p[2] as p90_ms,
        d.p[3] as p99_ms,
        m.conflicts, 100.0 * m.conflicts / nullif(m.attempts, 0) as conflict_rate,
        100.0 * m.conflicted / nullif(m.attempts, 0) as conflicted_share,
        m.offline_failures, m.server_failures, m.app_failures, m.over_60s
    from (
        select r.core_id, t.timestamp, sum(r.attempts)::bigint as attempts, sum(r.successes)::bigint as successes,
            sum(r.conflicts_lww + r.conflicts_crdt + r.conflicts_merge + r.conflicts_ot + r.conflicts_manual + r.conflicts_unresolved + r.conflicts_unknown)::bigint as conflicts,
            sum(r.conflicted)::bigint as conflicted, sum(r.offline_failures)::bigint as offline_failures, sum(r.server_failures)::bigint as server_failures,
            sum(r.app_failures)::bigint as app_failures, sum(r.over_60s)::bigint as over_60s,
            string_agg(r.success_sketch || r.other_sketch, ''::bytea) as sketch
        from (
            select * from synchealth.core_row
            union all
            select * from synchealth.packed_minutes(synchealth.ceil_to('1 hour', now() - interval '48 hours'), 'infinity')) r
        cross join lateral (select case when r.bucket_at >= synchealth.ceil_to('1 hour', now() - interval '48 hours')
            then r.bucket_at else synchealth.floor_to('1 hour', r.bucket_at) end as timestamp) t
        where r.grain = 0
           or (r.grain = 1 and r.bucket_at >= synchealth.ceil_to('1 hour', now() - interval '48 hours'))
           or (r.grain = 2 and r.bucket_at < synchealth.ceil_to('1 hour', now() - interval '48 hours'))
        group by r.core_id, t.timestamp) m
    join synchealth.core_segment c using (core_id)
    join synchealth.app a using (app_id)
    cross join lateral (select synchealth.sketch_percentiles(m.sketch, '{0.5,0.9,0.99}') as p offset 0) d;
