-- Fine hours that are over stand in packs, as minutes do (0092): one row per core segment and day, a column an array over its hours and fine segments. A row of its own
-- for each took 185 bytes and two index entries of 50 for some twenty attempts, and fine hours are kept for good (docs/adr/0012-packs.md).
-- Nothing is rewritten here: rollup_fine_hour holds the hours that are not packed yet, and the next maintenance packs them.

-- What nobody reads of a fine hour (retries, applied, rejected, duration_ms_sum) is left out: core hours and days hold it.
create table synchealth.rollup_fine_hour_pack (
    day_at timestamptz not null,
    core_id integer not null,
    cells integer not null,                     -- how many
    hours smallint[] not null,                  -- of the day, ascending
    segment_ids integer[] not null,             -- in their order, ascending within an hour
    promoted_ids integer[],                     -- null where every cell has 0, as all that follow
    attempts integer[] not null,
    failures integer[],                         -- attempts less successes
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
    constraint rollup_fine_hour_pack_pkey primary key (core_id, day_at)
);

-- Packed fine hours of some core segments in [lo, hi), whole hours, as fine_row has the others.
create function synchealth.packed_fine_hours(cores integer[], lo timestamptz, hi timestamptz) returns setof synchealth.fine_row
language sql stable as $$
    select 2, u.bucket_at, u.segment_id, coalesce(u.promoted_id, 0), u.attempts, u.attempts - coalesce(u.failures, 0),
        coalesce(u.partials, 0), coalesce(u.cancelled, 0), u.attempts - coalesce(u.failures, 0) - coalesce(u.retried, 0),
        coalesce(u.offline_failures, 0), coalesce(u.server_failures, 0), coalesce(u.app_failures, 0), coalesce(u.over_60s, 0),
        coalesce(u.conflicted, 0), coalesce(u.conflicts_lww, 0), coalesce(u.conflicts_crdt, 0), coalesce(u.conflicts_merge, 0),
        coalesce(u.conflicts_ot, 0), coalesce(u.conflicts_manual, 0), coalesce(u.conflicts_unresolved, 0), coalesce(u.conflicts_unknown, 0),
        coalesce(u.discarded, 0), coalesce(u.pushed, 0), coalesce(u.pulled, 0), coalesce(u.bytes_up, 0), coalesce(u.bytes_down, 0),
        coalesce(u.success_sketch, ''), coalesce(u.other_sketch, '')
    from (
        select p.day_at + interval '1 hour' * unnest(p.hours) as bucket_at, unnest(p.segment_ids) as segment_id,
            unnest(p.promoted_ids) as promoted_id, unnest(p.attempts) as attempts, unnest(p.failures) as failures, unnest(p.partials) as partials,
            unnest(p.cancelled) as cancelled, unnest(p.retried) as retried, unnest(p.offline_failures) as offline_failures,
            unnest(p.server_failures) as server_failures, unnest(p.app_failures) as app_failures, unnest(p.over_60s) as over_60s,
            unnest(p.conflicted) as conflicted, unnest(p.conflicts_lww) as conflicts_lww, unnest(p.conflicts_crdt) as conflicts_crdt,
            unnest(p.conflicts_merge) as conflicts_merge, unnest(p.conflicts_ot) as conflicts_ot, unnest(p.conflicts_manual) as conflicts_manual,
            unnest(p.conflicts_unresolved) as conflicts_unresolved, unnest(p.conflicts_unknown) as conflicts_unknown,
            unnest(p.discarded) as discarded, unnest(p.pushed) as pushed, unnest(p.pulled) as pulled, unnest(p.bytes_up) as bytes_up,
            unnest(p.bytes_down) as bytes_down, unnest(p.success_sketches) as success_sketch, unnest(p.other_sketches) as other_sketch
        from synchealth.rollup_fine_hour_pack p
        where p.core_id = any (cores) and p.day_at > lo - interval '24 hours' and p.day_at < hi) u
    where u.bucket_at >= lo and u.bucket_at < hi
$$;

-- As before, from packs too.
create or replace function synchealth.fine_counts(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, source text, dimensions text[], filters text[])
returns setof synchealth.vital_count
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' as $$
declare
    piece constant record := synchealth.pieces(lo, hi, source);
    by_tag constant boolean := exists (select from synchealth.names_in(dimensions, filters) n where n like 'tag:%');
    hour_lo constant timestamptz := piece.hour_lo;
    hour_hi constant timestamptz := piece.hour_hi;
    day_lo constant timestamptz := piece.day_lo;
    day_hi constant timestamptz := piece.day_hi;
    cores constant integer[] := array(select g.core_id from synchealth.core_groups(app_name, '{}', filters) g);
begin
    return query
    with seg as materialized (
        select x.segment_id, x.group_key, dense_rank() over (order by x.group_key)::integer as no from synchealth.segment_groups(app_name, dimensions, filters) x),
    prom as materialized (
        select x.promoted_id, x.group_key, dense_rank() over (order by x.group_key)::integer as no
        from synchealth.promoted_groups(app_name, dimensions, filters) x where by_tag),
    -- Taken apart once, whatever the planner thinks of how many segments there are.
    packed as materialized (
        select * from synchealth.packed_fine_hours(cores, hour_lo, day_lo)
        union all
        select * from synchealth.packed_fine_hours(cores, day_hi, hour_hi)),
    part as (
        select s.no as seg_no, r.promoted_id, r.bucket_at, r.attempts, r.successes, r.partials, r.cancelled, r.first_try, r.offline_failures, r.server_failures,
            r.app_failures, r.over_60s, r.conflicted, r.conflicts_lww, r.conflicts_crdt, r.conflicts_merge, r.conflicts_ot, r.conflicts_manual,
            r.conflicts_unresolved, r.conflicts_unknown, r.discarded, r.pushed, r.pulled, r.bytes_up, r.bytes_down, r.success_sketch, r.other_sketch
        from synchealth.fine_row r
        join seg s using (segment_id)
        where (r.grain = 3 and r.bucket_at >= day_lo and r.bucket_at < day_hi)
           or (r.grain = 2 and (r.bucket_at >= hour_lo and r.bucket_at < day_lo or r.bucket_at >= day_hi and r.bucket_at < hour_hi))
           or (r.grain = 0 and r.bucket_at >= hour_lo and r.bucket_at < hour_hi)
        union all
        select s.no, r.promoted_id, r.bucket_at, r.attempts, r.successes, r.partials, r.cancelled, r.first_try, r.offline_failures, r.server_failures,
            r.app_failures, r.over_60s, r.conflicted, r.conflicts_lww, r.conflicts_crdt, r.conflicts_merge, r.conflicts_ot, r.conflicts_manual,
            r.conflicts_unresolved, r.conflicts_unknown, r.discarded, r.pushed, r.pulled, r.bytes_up, r.bytes_down, r.success_sketch, r.other_sketch
        from packed r
        join seg s using (segment_id)),
    summed as (
        select r.seg_no, p.no as prom_no, synchealth.point_of(r.bucket_at, step, zone, lo) as at,
            sum(r.attempts) as attempts, sum(r.successes) as successes, sum(r.partials) as partials, sum(r.cancelled) as cancelled,
            sum(r.first_try) as first_try, sum(r.offline_failures) as offline_failures, sum(r.server_failures) as server_failures,
            sum(r.app_failures) as app_failures, sum(r.over_60s) as over_60s, sum(r.conflicted) as conflicted,
            sum(r.conflicts_lww)::bigint as lww, sum(r.conflicts_crdt)::bigint as crdt, sum(r.conflicts_merge)::bigint as merge,
            sum(r.conflicts_ot)::bigint as ot, sum(r.conflicts_manual)::bigint as manual, sum(r.conflicts_unresolved)::bigint as unresolved,
            sum(r.conflicts_unknown)::bigint as unknown, sum(r.discarded)::bigint as discarded,
            sum(r.pushed)::bigint as pushed, sum(r.pulled)::bigint as pulled, sum(r.bytes_up)::bigint as bytes_up, sum(r.bytes_down)::bigint as bytes_down,
            string_agg(r.success_sketch, ''::bytea) as success_sketch, string_agg(r.other_sketch, ''::bytea) as other_sketch
        from part r
        left join prom p on by_tag and p.promoted_id = r.promoted_id
        where not by_tag or p.no is not null
        group by 1, 2, 3)
    select synchealth.join_keys(s.group_key, p.group_key, p.group_key), x.at,
        x.attempts, x.successes, x.partials, x.cancelled, x.first_try, x.offline_failures, x.server_failures, x.app_failures, x.over_60s, x.conflicted,
        x.lww, x.crdt, x.merge, x.ot, x.manual, x.unresolved, x.unknown, x.discarded, x.pushed, x.pulled, x.bytes_up, x.bytes_down,
        x.success_sketch, x.other_sketch
    from summed x
    join (select distinct y.no, y.group_key from seg y) s on s.no = x.seg_no
    left join (select distinct y.no, y.group_key from prom y) p on p.no = x.prom_no;
end
$$;
