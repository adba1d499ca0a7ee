-- Arrivals of hours that nobody folds into any more stand in packs, as the days of devices do (0061): one row per core segment and hour, a column an array.
-- A tenth of a fleet's events are late, and every minute and lag class of them was a row of 200 bytes for one event.
-- Nothing is rewritten here: rollup_arrival holds the minutes that are not packed yet and the hours, and the next maintenance packs.

create table synchealth.rollup_arrival_pack (
    hour_at timestamptz not null,
    core_id integer not null,
    minutes smallint[] not null,                -- of arrival within the hour, ascending
    lag_classes smallint[] not null,            -- in their order, as in rollup_arrival, ascending within a minute
    attempts integer[] not null,
    successes integer[],
    partials integer[],
    cancelled integer[],
    first_try integer[],
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
    retries bigint[],
    pushed bigint[],
    pulled bigint[],
    applied bigint[],
    rejected bigint[],
    bytes_up bigint[],
    bytes_down bigint[],
    duration_ms_sum bigint[],
    success_sketches bytea[],                   -- null where all are empty, counts where all are 0
    other_sketches bytea[],
    constraint rollup_arrival_pack_pkey primary key (hour_at, core_id)
);

-- Packed arrivals of whole hours from the one of lo to the one of hi: who asks for less leaves the rest out.
create function synchealth.packed_arrivals(lo timestamptz, hi timestamptz) returns setof synchealth.arrival_row
language sql stable as $$
    select u.hour_at + interval '1 minute' * u.minute, u.lag_class, u.core_id, u.attempts,
        coalesce(u.successes, 0), coalesce(u.partials, 0), coalesce(u.cancelled, 0), coalesce(u.first_try, 0), coalesce(u.offline_failures, 0),
        coalesce(u.server_failures, 0), coalesce(u.app_failures, 0), coalesce(u.over_60s, 0), coalesce(u.conflicted, 0), coalesce(u.conflicts_lww, 0),
        coalesce(u.conflicts_crdt, 0), coalesce(u.conflicts_merge, 0), coalesce(u.conflicts_ot, 0), coalesce(u.conflicts_manual, 0),
        coalesce(u.conflicts_unresolved, 0), coalesce(u.conflicts_unknown, 0), coalesce(u.discarded, 0), coalesce(u.pushed, 0), coalesce(u.pulled, 0),
        coalesce(u.bytes_up, 0), coalesce(u.bytes_down, 0),
        coalesce(u.success_sketch, ''), coalesce(u.other_sketch, '')
    from (
        select p.hour_at, p.core_id, unnest(p.minutes) as minute, unnest(p.lag_classes) as lag_class,
            unnest(p.attempts) as attempts, unnest(p.successes) as successes, unnest(p.partials) as partials, unnest(p.cancelled) as cancelled,
            unnest(p.first_try) as first_try, unnest(p.offline_failures) as offline_failures, unnest(p.server_failures) as server_failures,
            unnest(p.app_failures) as app_failures, unnest(p.over_60s) as over_60s, unnest(p.conflicted) as conflicted,
            unnest(p.conflicts_lww) as conflicts_lww, unnest(p.conflicts_crdt) as conflicts_crdt, unnest(p.conflicts_merge) as conflicts_merge,
            unnest(p.conflicts_ot) as conflicts_ot, unnest(p.conflicts_manual) as conflicts_manual,
            unnest(p.conflicts_unresolved) as conflicts_unresolved, unnest(p.conflicts_unknown) as conflicts_unknown, unnest(p.discarded) as discarded,
            unnest(p.pushed) as pushed, unnest(p.pulled) as pulled, unnest(p.bytes_up) as bytes_up, unnest(p.bytes_down) as bytes_down,
            unnest(p.success_sketches) as success_sketch, unnest(p.other_sketches) as other_sketch
        from synchealth.rollup_arrival_pack p
        where p.hour_at > lo - interval '1 hour' and p.hour_at < hi) u
$$;

-- As before, from packs too: joined by hash, for the planner takes a handful of core segments for one and would take the packs apart once for each.
-- Arrival clock, core grain.
create or replace function synchealth.arrival_counts(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, dimensions text[], filters text[])
returns setof synchealth.vital_count
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set enable_nestloop = off set work_mem = '32MB' as $$
declare
    cores constant integer[] := array(select c.core_id from synchealth.core_groups(app_name, '{}', filters) c);
begin
    return query
    with core as materialized (
        select *, dense_rank() over (order by x.group_key)::integer as no from synchealth.core_groups(app_name, dimensions, filters) x)
    select min(g.group_key), synchealth.point_of(r.arrival_at, step, zone, lo),
        sum(r.attempts), sum(r.successes), sum(r.partials), sum(r.cancelled), sum(r.first_try),
        sum(r.offline_failures), sum(r.server_failures), sum(r.app_failures), sum(r.over_60s), sum(r.conflicted),
        synchealth.total(r.conflicts_lww), synchealth.total(r.conflicts_crdt), synchealth.total(r.conflicts_merge), synchealth.total(r.conflicts_ot),
        synchealth.total(r.conflicts_manual), synchealth.total(r.conflicts_unresolved), synchealth.total(r.conflicts_unknown), synchealth.total(r.discarded),
        synchealth.total(r.pushed), synchealth.total(r.pulled), synchealth.total(r.bytes_up), synchealth.total(r.bytes_down),
        string_agg(r.success_sketch, ''::bytea), string_agg(r.other_sketch, ''::bytea)
    from (select * from synchealth.arrival_row union all select * from synchealth.packed_arrivals(lo, hi)) r
    join core g using (core_id)
    where r.core_id = any (cores) and r.arrival_at >= lo and r.arrival_at < hi
    group by g.no, 2;
end
$$;

-- As before, from packs too. At core grain from the rollups of minutes and what is not folded yet, in one snapshot; devices from raw events. Bounds are
-- whole minutes.
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

-- Makes rows of the packs of whole hours in [lo, hi), for a rebuild of single lag classes. The caller holds the fold's lock.
create function synchealth.unpack_arrivals(lo timestamptz, hi timestamptz) returns void
language plpgsql as $$
begin
    with gone as (
        delete from synchealth.rollup_arrival_pack where hour_at >= lo and hour_at < hi
        returning *),
    cell as (
        select p.hour_at, p.core_id, unnest(p.minutes) as minute, unnest(p.lag_classes) as lag_class,
            unnest(p.attempts) as attempts, unnest(p.successes) as successes, unnest(p.partials) as partials, unnest(p.cancelled) as cancelled,
            unnest(p.first_try) as first_try, unnest(p.offline_failures) as offline_failures, unnest(p.server_failures) as server_failures,
            unnest(p.app_failures) as app_failures, unnest(p.over_60s) as over_60s, unnest(p.conflicted) as conflicted,
            unnest(p.conflicts_lww) as conflicts_lww, unnest(p.conflicts_crdt) as conflicts_crdt, unnest(p.conflicts_merge) as conflicts_merge,
            unnest(p.conflicts_ot) as conflicts_ot, unnest(p.conflicts_manual) as conflicts_manual,
            unnest(p.conflicts_unresolved) as conflicts_unresolved, unnest(p.conflicts_unknown) as conflicts_unknown, unnest(p.discarded) as discarded,
            unnest(p.retries) as retries, unnest(p.pushed) as pushed, unnest(p.pulled) as pulled, unnest(p.applied) as applied,
            unnest(p.rejected) as rejected, unnest(p.bytes_up) as bytes_up, unnest(p.bytes_down) as bytes_down,
            unnest(p.duration_ms_sum) as duration_ms_sum, unnest(p.success_sketches) as success_sketch, unnest(p.other_sketches) as other_sketch
        from gone p)
    insert into synchealth.rollup_arrival as r (
        arrival_at, core_id, lag_class,
        attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted, conflicts_lww,
        conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown, discarded, retries, pushed, pulled,
        applied, rejected, bytes_up, bytes_down, duration_ms_sum, success_sketch, other_sketch)
    select c.hour_at + interval '1 minute' * c.minute, c.core_id, c.lag_class,
        c.attempts, nullif(c.successes, 0), nullif(c.partials, 0), nullif(c.cancelled, 0), nullif(c.first_try, 0), nullif(c.offline_failures, 0),
        nullif(c.server_failures, 0), nullif(c.app_failures, 0), nullif(c.over_60s, 0), nullif(c.conflicted, 0), nullif(c.conflicts_lww, 0),
        nullif(c.conflicts_crdt, 0), nullif(c.conflicts_merge, 0), nullif(c.conflicts_ot, 0), nullif(c.conflicts_manual, 0),
        nullif(c.conflicts_unresolved, 0), nullif(c.conflicts_unknown, 0), nullif(c.discarded, 0), nullif(c.retries, 0), nullif(c.pushed, 0),
        nullif(c.pulled, 0), nullif(c.applied, 0), nullif(c.rejected, 0), nullif(c.bytes_up, 0), nullif(c.bytes_down, 0), nullif(c.duration_ms_sum, 0),
        coalesce(c.success_sketch, ''), coalesce(c.other_sketch, '')
    from cell c
    order by c.core_id, 1, c.lag_class
    on conflict (core_id, arrival_at, lag_class) do update set
        attempts = r.attempts + excluded.attempts, successes = coalesce(r.successes + excluded.successes, r.successes, excluded.successes),
        partials = coalesce(r.partials + excluded.partials, r.partials, excluded.partials),
        cancelled = coalesce(r.cancelled + excluded.cancelled, r.cancelled, excluded.cancelled),
        first_try = coalesce(r.first_try + excluded.first_try, r.first_try, excluded.first_try),
        offline_failures = coalesce(r.offline_failures + excluded.offline_failures, r.offline_failures, excluded.offline_failures),
        server_failures = coalesce(r.server_failures + excluded.server_failures, r.server_failures, excluded.server_failures),
        app_failures = coalesce(r.app_failures + excluded.app_failures, r.app_failures, excluded.app_failures),
        over_60s = coalesce(r.over_60s + excluded.over_60s, r.over_60s, excluded.over_60s),
        conflicted = coalesce(r.conflicted + excluded.conflicted, r.conflicted, excluded.conflicted),
        conflicts_lww = coalesce(r.conflicts_lww + excluded.conflicts_lww, r.conflicts_lww, excluded.conflicts_lww),
        conflicts_crdt = coalesce(r.conflicts_crdt + excluded.conflicts_crdt, r.conflicts_crdt, excluded.conflicts_crdt),
        conflicts_merge = coalesce(r.conflicts_merge + excluded.conflicts_merge, r.conflicts_merge, excluded.conflicts_merge),
        conflicts_ot = coalesce(r.conflicts_ot + excluded.conflicts_ot, r.conflicts_ot, excluded.conflicts_ot),
        conflicts_manual = coalesce(r.conflicts_manual + excluded.conflicts_manual, r.conflicts_manual, excluded.conflicts_manual),
        conflicts_unresolved = coalesce(r.conflicts_unresolved + excluded.conflicts_unresolved, r.conflicts_unresolved, excluded.conflicts_unresolved),
        conflicts_unknown = coalesce(r.conflicts_unknown + excluded.conflicts_unknown, r.conflicts_unknown, excluded.conflicts_unknown),
        discarded = coalesce(r.discarded + excluded.discarded, r.discarded, excluded.discarded),
        retries = coalesce(r.retries + excluded.retries, r.retries, excluded.retries),
        pushed = coalesce(r.pushed + excluded.pushed, r.pushed, excluded.pushed),
        pulled = coalesce(r.pulled + excluded.pulled, r.pulled, excluded.pulled),
        applied = coalesce(r.applied + excluded.applied, r.applied, excluded.applied),
        rejected = coalesce(r.rejected + excluded.rejected, r.rejected, excluded.rejected),
        bytes_up = coalesce(r.bytes_up + excluded.bytes_up, r.bytes_up, excluded.bytes_up),
        bytes_down = coalesce(r.bytes_down + excluded.bytes_down, r.bytes_down, excluded.bytes_down),
        duration_ms_sum = coalesce(r.duration_ms_sum + excluded.duration_ms_sum, r.duration_ms_sum, excluded.duration_ms_sum),
        success_sketch = r.success_sketch || excluded.success_sketch, other_sketch = r.other_sketch || excluded.other_sketch;
end
$$;
