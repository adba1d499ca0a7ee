-- Rollups take fewer bytes: most counts of most rows are 0, and most buckets of most sketches hold a handful.
-- What stands there stays as it is and is read like what is written from now on.

---------------------------------------------------------------------------------------------------------- sketches of durations
-- A sketch of durations is made of units and pairs, in any order, big-endian. A unit has two bytes: a 1, five bits of count less one, ten bits of bucket.
-- A pair has six, as before: (bucket uint16, count uint32), whose first bit is 0, since no duration has a bucket beyond 923. Joining two encodings still
-- merges them. Queue depths and ages of snapshots stay pairs alone (sketch_buckets): a depth may be any uint16.

-- Counts by bucket, from bucket 0 on or from the lowest one; null where nothing was counted. The twin of Vitals/DurationSketch.cs. A loop, because only a
-- unit itself says where the next one begins.
create function synchealth.duration_counts(sketch bytea) returns bigint[]
language plpgsql immutable strict parallel safe as $$
declare
    size constant integer := octet_length(sketch);
    place integer := 0;
    word integer;
    counts bigint[] := '{}';
begin
    while place < size loop
        word := get_byte(sketch, place) * 256 + get_byte(sketch, place + 1);
        if word >= 32768 then
            counts[word & 1023] := coalesce(counts[word & 1023], 0) + (word >> 10 & 31) + 1;
            place := place + 2;
        else
            counts[word] := coalesce(counts[word], 0) + ((get_byte(sketch, place + 2)::bigint * 256 + get_byte(sketch, place + 3)) * 256
                + get_byte(sketch, place + 4)) * 256 + get_byte(sketch, place + 5);
            place := place + 6;
        end if;
    end loop;
    return counts;
end
$$;

-- Buckets ascending, each once. Not in one query: the planner would take the sketch apart once for each of its buckets.
create function synchealth.duration_buckets(sketch bytea) returns table (bucket integer, count bigint)
language plpgsql immutable strict parallel safe as $$
declare
    counts constant bigint[] := synchealth.duration_counts(sketch);
begin
    return query select i, counts[i] from generate_subscripts(counts, 1) i where counts[i] is not null order by i;
end
$$;

-- One duration, counted once.
create function synchealth.duration_unit(duration_ms integer) returns bytea
language sql immutable strict parallel safe
return substring(int4send(32768 | synchealth.sketch_bucket(duration_ms)) from 3);

-- Percentiles by nearest rank, ceil(q * n), in the order of qs; null for an empty sketch. All in one reading of the sketch, which is what costs.
create function synchealth.sketch_percentiles(sketch bytea, qs numeric[]) returns double precision[]
language plpgsql immutable strict parallel safe as $$
declare
    buckets integer[];
    up_to bigint[];
begin
    select array_agg(c.bucket order by c.bucket), array_agg(c.up_to order by c.bucket) into buckets, up_to
    from (select b.bucket, (sum(b.count) over (order by b.bucket))::bigint as up_to from synchealth.duration_buckets(sketch) b) c;
    -- width_bucket counts the buckets that end below the rank.
    return array(
        select synchealth.sketch_value(buckets[width_bucket((greatest(ceil(a.q * up_to[cardinality(up_to)]), 1) - 1)::bigint, up_to) + 1])
        from unnest(qs) with ordinality a (q, n)
        order by a.n);
end
$$;

-- As before, of units too. Pairs alone are read as they were, up to bucket 32,767.
create or replace function synchealth.sketch_percentile(sketch bytea, q numeric) returns double precision
language sql immutable strict parallel safe
return (synchealth.sketch_percentiles(sketch, array[q]))[1];

-- It made the first margins, of pairs.
drop function synchealth.sketch_compact;

---------------------------------------------------------------------------------------------------------- counts of 0 are null
-- As in minutes (0020). Zeros that stand there stay; both read as 0 in the views.
do $$
declare
    rollup text;
    count text;
begin
    foreach rollup in array array['rollup_hour', 'rollup_day', 'rollup_fine_hour', 'rollup_fine_day', 'rollup_arrival', 'rollup_margin'] loop
        foreach count in array array[
            'successes', 'partials', 'cancelled', 'first_try', 'offline_failures', 'server_failures', 'app_failures', 'over_60s', 'conflicted', 'conflicts_lww',
            'conflicts_crdt', 'conflicts_merge', 'conflicts_ot', 'conflicts_manual', 'conflicts_unresolved', 'conflicts_unknown', 'discarded', 'retries', 'pushed',
            'pulled', 'applied', 'rejected', 'bytes_up', 'bytes_down', 'duration_ms_sum'] loop
            execute format('alter table synchealth.%I alter column %I drop not null', rollup, count);
        end loop;
    end loop;
end
$$;
create or replace view synchealth.core_row as
    select 3 as grain, r.bucket_at, r.core_id, r.attempts,
        coalesce(r.successes, 0) as successes, coalesce(r.partials, 0) as partials, coalesce(r.cancelled, 0) as cancelled, coalesce(r.first_try, 0) as first_try,
        coalesce(r.offline_failures, 0) as offline_failures, coalesce(r.server_failures, 0) as server_failures, coalesce(r.app_failures, 0) as app_failures,
        coalesce(r.over_60s, 0) as over_60s, coalesce(r.conflicted, 0) as conflicted, coalesce(r.conflicts_lww, 0) as conflicts_lww,
        coalesce(r.conflicts_crdt, 0) as conflicts_crdt, coalesce(r.conflicts_merge, 0) as conflicts_merge, coalesce(r.conflicts_ot, 0) as conflicts_ot,
        coalesce(r.conflicts_manual, 0) as conflicts_manual, coalesce(r.conflicts_unresolved, 0) as conflicts_unresolved,
        coalesce(r.conflicts_unknown, 0) as conflicts_unknown, coalesce(r.discarded, 0) as discarded, coalesce(r.pushed, 0) as pushed,
        coalesce(r.pulled, 0) as pulled, coalesce(r.bytes_up, 0) as bytes_up, coalesce(r.bytes_down, 0) as bytes_down,
        r.success_sketch, r.other_sketch
    from synchealth.rollup_day r
    union all
    select 2, r.bucket_at, r.core_id, r.attempts,
        coalesce(r.successes, 0) as successes, coalesce(r.partials, 0) as partials, coalesce(r.cancelled, 0) as cancelled, coalesce(r.first_try, 0) as first_try,
        coalesce(r.offline_failures, 0) as offline_failures, coalesce(r.server_failures, 0) as server_failures, coalesce(r.app_failures, 0) as app_failures,
        coalesce(r.over_60s, 0) as over_60s, coalesce(r.conflicted, 0) as conflicted, coalesce(r.conflicts_lww, 0) as conflicts_lww,
        coalesce(r.conflicts_crdt, 0) as conflicts_crdt, coalesce(r.conflicts_merge, 0) as conflicts_merge, coalesce(r.conflicts_ot, 0) as conflicts_ot,
        coalesce(r.conflicts_manual, 0) as conflicts_manual, coalesce(r.conflicts_unresolved, 0) as conflicts_unresolved,
        coalesce(r.conflicts_unknown, 0) as conflicts_unknown, coalesce(r.discarded, 0) as discarded, coalesce(r.pushed, 0) as pushed,
        coalesce(r.pulled, 0) as pulled, coalesce(r.bytes_up, 0) as bytes_up, coalesce(r.bytes_down, 0) as bytes_down,
        r.success_sketch, r.other_sketch
    from synchealth.rollup_hour r
    union all
    select 1, r.bucket_at, r.core_id, r.attempts,
        coalesce(r.successes, 0) as successes, coalesce(r.partials, 0) as partials, coalesce(r.cancelled, 0) as cancelled, coalesce(r.first_try, 0) as first_try,
        coalesce(r.offline_failures, 0) as offline_failures, coalesce(r.server_failures, 0) as server_failures, coalesce(r.app_failures, 0) as app_failures,
        coalesce(r.over_60s, 0) as over_60s, coalesce(r.conflicted, 0) as conflicted, coalesce(r.conflicts_lww, 0) as conflicts_lww,
        coalesce(r.conflicts_crdt, 0) as conflicts_crdt, coalesce(r.conflicts_merge, 0) as conflicts_merge, coalesce(r.conflicts_ot, 0) as conflicts_ot,
        coalesce(r.conflicts_manual, 0) as conflicts_manual, coalesce(r.conflicts_unresolved, 0) as conflicts_unresolved,
        coalesce(r.conflicts_unknown, 0) as conflicts_unknown, coalesce(r.discarded, 0) as discarded, coalesce(r.pushed, 0) as pushed,
        coalesce(r.pulled, 0) as pulled, coalesce(r.bytes_up, 0) as bytes_up, coalesce(r.bytes_down, 0) as bytes_down,
        r.success_sketch, r.other_sketch
    from synchealth.rollup_minute r
    union all
    select 0, r.bucket_at, r.core_id, r.attempts,
        coalesce(r.successes, 0) as successes, coalesce(r.partials, 0) as partials, coalesce(r.cancelled, 0) as cancelled, coalesce(r.first_try, 0) as first_try,
        coalesce(r.offline_failures, 0) as offline_failures, coalesce(r.server_failures, 0) as server_failures, coalesce(r.app_failures, 0) as app_failures,
        coalesce(r.over_60s, 0) as over_60s, coalesce(r.conflicted, 0) as conflicted, coalesce(r.conflicts_lww, 0) as conflicts_lww,
        coalesce(r.conflicts_crdt, 0) as conflicts_crdt, coalesce(r.conflicts_merge, 0) as conflicts_merge, coalesce(r.conflicts_ot, 0) as conflicts_ot,
        coalesce(r.conflicts_manual, 0) as conflicts_manual, coalesce(r.conflicts_unresolved, 0) as conflicts_unresolved,
        coalesce(r.conflicts_unknown, 0) as conflicts_unknown, coalesce(r.discarded, 0) as discarded, coalesce(r.pushed, 0) as pushed,
        coalesce(r.pulled, 0) as pulled, coalesce(r.bytes_up, 0) as bytes_up, coalesce(r.bytes_down, 0) as bytes_down,
        coalesce(r.success_sketch, '') as success_sketch, coalesce(r.other_sketch, '') as other_sketch
    from synchealth.core_increment r;

create or replace view synchealth.arrival_row as
    select r.arrival_at, r.lag_class, r.core_id, r.attempts,
        coalesce(r.successes, 0) as successes, coalesce(r.partials, 0) as partials, coalesce(r.cancelled, 0) as cancelled, coalesce(r.first_try, 0) as first_try,
        coalesce(r.offline_failures, 0) as offline_failures, coalesce(r.server_failures, 0) as server_failures, coalesce(r.app_failures, 0) as app_failures,
        coalesce(r.over_60s, 0) as over_60s, coalesce(r.conflicted, 0) as conflicted, coalesce(r.conflicts_lww, 0) as conflicts_lww,
        coalesce(r.conflicts_crdt, 0) as conflicts_crdt, coalesce(r.conflicts_merge, 0) as conflicts_merge, coalesce(r.conflicts_ot, 0) as conflicts_ot,
        coalesce(r.conflicts_manual, 0) as conflicts_manual, coalesce(r.conflicts_unresolved, 0) as conflicts_unresolved,
        coalesce(r.conflicts_unknown, 0) as conflicts_unknown, coalesce(r.discarded, 0) as discarded, coalesce(r.pushed, 0) as pushed,
        coalesce(r.pulled, 0) as pulled, coalesce(r.bytes_up, 0) as bytes_up, coalesce(r.bytes_down, 0) as bytes_down,
        r.success_sketch, r.other_sketch
    from synchealth.rollup_arrival r
    union all
    select r.arrival_at, r.lag_class, r.core_id, r.attempts,
        coalesce(r.successes, 0) as successes, coalesce(r.partials, 0) as partials, coalesce(r.cancelled, 0) as cancelled, coalesce(r.first_try, 0) as first_try,
        coalesce(r.offline_failures, 0) as offline_failures, coalesce(r.server_failures, 0) as server_failures, coalesce(r.app_failures, 0) as app_failures,
        coalesce(r.over_60s, 0) as over_60s, coalesce(r.conflicted, 0) as conflicted, coalesce(r.conflicts_lww, 0) as conflicts_lww,
        coalesce(r.conflicts_crdt, 0) as conflicts_crdt, coalesce(r.conflicts_merge, 0) as conflicts_merge, coalesce(r.conflicts_ot, 0) as conflicts_ot,
        coalesce(r.conflicts_manual, 0) as conflicts_manual, coalesce(r.conflicts_unresolved, 0) as conflicts_unresolved,
        coalesce(r.conflicts_unknown, 0) as conflicts_unknown, coalesce(r.discarded, 0) as discarded, coalesce(r.pushed, 0) as pushed,
        coalesce(r.pulled, 0) as pulled, coalesce(r.bytes_up, 0) as bytes_up, coalesce(r.bytes_down, 0) as bytes_down,
        coalesce(r.success_sketch, '') as success_sketch, coalesce(r.other_sketch, '') as other_sketch
    from synchealth.core_increment r;

create or replace view synchealth.fine_row as
    select 3 as grain, r.bucket_at, r.segment_id, r.promoted_id, r.attempts,
        coalesce(r.successes, 0) as successes, coalesce(r.partials, 0) as partials, coalesce(r.cancelled, 0) as cancelled, coalesce(r.first_try, 0) as first_try,
        coalesce(r.offline_failures, 0) as offline_failures, coalesce(r.server_failures, 0) as server_failures, coalesce(r.app_failures, 0) as app_failures,
        coalesce(r.over_60s, 0) as over_60s, coalesce(r.conflicted, 0) as conflicted, coalesce(r.conflicts_lww, 0) as conflicts_lww,
        coalesce(r.conflicts_crdt, 0) as conflicts_crdt, coalesce(r.conflicts_merge, 0) as conflicts_merge, coalesce(r.conflicts_ot, 0) as conflicts_ot,
        coalesce(r.conflicts_manual, 0) as conflicts_manual, coalesce(r.conflicts_unresolved, 0) as conflicts_unresolved,
        coalesce(r.conflicts_unknown, 0) as conflicts_unknown, coalesce(r.discarded, 0) as discarded, coalesce(r.pushed, 0) as pushed,
        coalesce(r.pulled, 0) as pulled, coalesce(r.bytes_up, 0) as bytes_up, coalesce(r.bytes_down, 0) as bytes_down,
        r.success_sketch, r.other_sketch
    from synchealth.rollup_fine_day r
    union all
    select 2, r.bucket_at, r.segment_id, r.promoted_id, r.attempts,
        coalesce(r.successes, 0) as successes, coalesce(r.partials, 0) as partials, coalesce(r.cancelled, 0) as cancelled, coalesce(r.first_try, 0) as first_try,
        coalesce(r.offline_failures, 0) as offline_failures, coalesce(r.server_failures, 0) as server_failures, coalesce(r.app_failures, 0) as app_failures,
        coalesce(r.over_60s, 0) as over_60s, coalesce(r.conflicted, 0) as conflicted, coalesce(r.conflicts_lww, 0) as conflicts_lww,
        coalesce(r.conflicts_crdt, 0) as conflicts_crdt, coalesce(r.conflicts_merge, 0) as conflicts_merge, coalesce(r.conflicts_ot, 0) as conflicts_ot,
        coalesce(r.conflicts_manual, 0) as conflicts_manual, coalesce(r.conflicts_unresolved, 0) as conflicts_unresolved,
        coalesce(r.conflicts_unknown, 0) as conflicts_unknown, coalesce(r.discarded, 0) as discarded, coalesce(r.pushed, 0) as pushed,
        coalesce(r.pulled, 0) as pulled, coalesce(r.bytes_up, 0) as bytes_up, coalesce(r.bytes_down, 0) as bytes_down,
        r.success_sketch, r.other_sketch
    from synchealth.rollup_fine_hour r
    union all
    select 0, r.bucket_at, r.segment_id, r.promoted_id, r.attempts,
        coalesce(r.successes, 0) as successes, coalesce(r.partials, 0) as partials, coalesce(r.cancelled, 0) as cancelled, coalesce(r.first_try, 0) as first_try,
        coalesce(r.offline_failures, 0) as offline_failures, coalesce(r.server_failures, 0) as server_failures, coalesce(r.app_failures, 0) as app_failures,
        coalesce(r.over_60s, 0) as over_60s, coalesce(r.conflicted, 0) as conflicted, coalesce(r.conflicts_lww, 0) as conflicts_lww,
        coalesce(r.conflicts_crdt, 0) as conflicts_crdt, coalesce(r.conflicts_merge, 0) as conflicts_merge, coalesce(r.conflicts_ot, 0) as conflicts_ot,
        coalesce(r.conflicts_manual, 0) as conflicts_manual, coalesce(r.conflicts_unresolved, 0) as conflicts_unresolved,
        coalesce(r.conflicts_unknown, 0) as conflicts_unknown, coalesce(r.discarded, 0) as discarded, coalesce(r.pushed, 0) as pushed,
        coalesce(r.pulled, 0) as pulled, coalesce(r.bytes_up, 0) as bytes_up, coalesce(r.bytes_down, 0) as bytes_down,
        coalesce(r.success_sketch, '') as success_sketch, coalesce(r.other_sketch, '') as other_sketch
    from synchealth.core_increment r;

create view synchealth.margin_row as
    select r.app_id, r.dimension, r.grain, r.bucket_at, r.environment, r.value, r.attempts,
        coalesce(r.successes, 0) as successes, coalesce(r.partials, 0) as partials, coalesce(r.cancelled, 0) as cancelled, coalesce(r.first_try, 0) as first_try,
        coalesce(r.offline_failures, 0) as offline_failures, coalesce(r.server_failures, 0) as server_failures, coalesce(r.app_failures, 0) as app_failures,
        coalesce(r.over_60s, 0) as over_60s, coalesce(r.conflicted, 0) as conflicted, coalesce(r.conflicts_lww, 0) as conflicts_lww,
        coalesce(r.conflicts_crdt, 0) as conflicts_crdt, coalesce(r.conflicts_merge, 0) as conflicts_merge, coalesce(r.conflicts_ot, 0) as conflicts_ot,
        coalesce(r.conflicts_manual, 0) as conflicts_manual, coalesce(r.conflicts_unresolved, 0) as conflicts_unresolved,
        coalesce(r.conflicts_unknown, 0) as conflicts_unknown, coalesce(r.discarded, 0) as discarded, coalesce(r.pushed, 0) as pushed,
        coalesce(r.pulled, 0) as pulled, coalesce(r.bytes_up, 0) as bytes_up, coalesce(r.bytes_down, 0) as bytes_down,
        r.success_sketch, r.other_sketch
    from synchealth.rollup_margin r;

-- As before, from margin_row.
-- As core_counts and fine_counts, of one dimension: whole days, hours and five minutes from its margin, other minutes of core dimensions and what
-- is not folded yet from the rows that the margin is made of. Where the steps are those of the margin its rows are returned as they are, and a
-- group may have several rows in a point: adding up one row costs five times what reading it does.
create or replace function synchealth.margin_parts(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, source text, dimensions text[], filters text[])
returns setof synchealth.vital_count
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' as $$
declare
    app constant integer := (select a.app_id from synchealth.app a where a.name = app_name);
    name constant text := synchealth.margin_of(dimensions, filters);
    is_fine constant boolean := source like 'fine\_%';
    values_asked constant text[] := array(select substr(f, length(name) + 2) from unnest(filters) f where starts_with(f, name || ':'));
    environments constant text[] := array(select substr(f, length('environment:') + 1) from unnest(filters) f where starts_with(f, 'environment:'));
    by_value constant boolean := name = any (dimensions);
    by_environment constant boolean := 'environment' = any (dimensions);
    only_value constant boolean := by_value and cardinality(dimensions) = 1;
    is_direct constant boolean := coalesce(
        extract(epoch from step) = case source when 'minute' then 300 when 'hour' then 3600 when 'fine_hour' then 3600 else 86400 end, false);
    hour_lo constant timestamptz := case when source = 'minute' then hi else least(synchealth.ceil_to('1 hour', lo), hi) end;
    hour_hi constant timestamptz := greatest(synchealth.floor_to('1 hour', hi), hour_lo);
    day_lo constant timestamptz := case when source in ('day', 'fine_day') then least(synchealth.ceil_to('1 day', hour_lo), hour_hi) else hour_hi end;
    day_hi constant timestamptz := greatest(synchealth.floor_to('1 day', hour_hi), day_lo);
    -- The five minutes of the edges: [five_lo, five_end) before the first whole hour, [hour_hi, five_hi) after the last.
    five_lo constant timestamptz := least(synchealth.ceil_to('5 minutes', lo), hour_lo);
    five_end constant timestamptz := greatest(synchealth.floor_to('5 minutes', hour_lo), five_lo);
    five_hi constant timestamptz := greatest(synchealth.floor_to('5 minutes', hi), hour_hi);
begin
    if is_direct then
        return query
        select case when only_value then array[r.value]
                else array(select case d when 'environment' then r.environment else r.value end from unnest(dimensions) with ordinality u(d, n) order by n) end,
            synchealth.point_of(r.bucket_at, step, zone, lo),
            r.attempts::bigint, r.successes::bigint, r.partials::bigint, r.cancelled::bigint, r.first_try::bigint,
            r.offline_failures::bigint, r.server_failures::bigint, r.app_failures::bigint, r.over_60s::bigint, r.conflicted::bigint,
            r.conflicts_lww, r.conflicts_crdt, r.conflicts_merge, r.conflicts_ot, r.conflicts_manual, r.conflicts_unresolved, r.conflicts_unknown, r.discarded,
            r.pushed, r.pulled, r.bytes_up, r.bytes_down, r.success_sketch, r.other_sketch
        from synchealth.margin_row r
        where r.app_id = app and r.dimension = name
          and ((r.grain = 3 and r.bucket_at >= day_lo and r.bucket_at < day_hi)
            or (r.grain = 2 and (r.bucket_at >= hour_lo and r.bucket_at < day_lo or r.bucket_at >= day_hi and r.bucket_at < hour_hi))
            or (r.grain = 1 and (r.bucket_at >= five_lo and r.bucket_at < five_end or r.bucket_at >= hour_hi and r.bucket_at < five_hi)))
          and (values_asked = '{}' or r.value = any (values_asked)) and (environments = '{}' or r.environment = any (environments));
    end if;
    return query
    with part as (
        select r.value, r.environment, r.bucket_at,
            r.attempts, r.successes, r.partials, r.cancelled, r.first_try, r.offline_failures, r.server_failures, r.app_failures, r.over_60s, r.conflicted,
            r.conflicts_lww, r.conflicts_crdt, r.conflicts_merge, r.conflicts_ot, r.conflicts_manual, r.conflicts_unresolved, r.conflicts_unknown, r.discarded,
            r.pushed, r.pulled, r.bytes_up, r.bytes_down, r.success_sketch, r.other_sketch
        from synchealth.margin_row r
        where not is_direct and r.app_id = app and r.dimension = name
          and ((r.grain = 3 and r.bucket_at >= day_lo and r.bucket_at < day_hi)
            or (r.grain = 2 and (r.bucket_at >= hour_lo and r.bucket_at < day_lo or r.bucket_at >= day_hi and r.bucket_at < hour_hi))
            or (r.grain = 1 and (r.bucket_at >= five_lo and r.bucket_at < five_end or r.bucket_at >= hour_hi and r.bucket_at < five_hi)))
        union all
        select case name when 'app_version' then c.app_version when 'os' then c.os else c.network end, c.environment, r.bucket_at,
            r.attempts, r.successes, r.partials, r.cancelled, r.first_try, r.offline_failures, r.server_failures, r.app_failures, r.over_60s, r.conflicted,
            r.conflicts_lww, r.conflicts_crdt, r.conflicts_merge, r.conflicts_ot, r.conflicts_manual, r.conflicts_unresolved, r.conflicts_unknown, r.discarded,
            r.pushed, r.pulled, r.bytes_up, r.bytes_down, r.success_sketch, r.other_sketch
        from synchealth.core_row r join synchealth.core_segment c using (core_id)
        where not is_fine and c.app_id = app
          and ((r.grain = 1 and (r.bucket_at >= lo and r.bucket_at < five_lo or r.bucket_at >= five_end and r.bucket_at < hour_lo
                or r.bucket_at >= five_hi and r.bucket_at < hi))
            or (r.grain = 0 and r.bucket_at >= lo and r.bucket_at < hi))
        union all
        select case name when 'os_version' then s.os_version when 'type' then s.type else s.trigger end, c.environment, r.bucket_at,
            r.attempts, r.successes, r.partials, r.cancelled, r.first_try, r.offline_failures, r.server_failures, r.app_failures, r.over_60s, r.conflicted,
            r.conflicts_lww, r.conflicts_crdt, r.conflicts_merge, r.conflicts_ot, r.conflicts_manual, r.conflicts_unresolved, r.conflicts_unknown, r.discarded,
            r.pushed, r.pulled, r.bytes_up, r.bytes_down, r.success_sketch, r.other_sketch
        from synchealth.fine_row r join synchealth.segment s using (segment_id) join synchealth.core_segment c using (core_id)
        where is_fine and c.app_id = app and r.grain = 0 and r.bucket_at >= hour_lo and r.bucket_at < hour_hi),
    summed as (
        select case when by_value then p.value end as value, case when by_environment then p.environment end as environment,
            synchealth.point_of(p.bucket_at, step, zone, lo) as at,
            sum(p.attempts) as attempts, sum(p.successes) as successes, sum(p.partials) as partials, sum(p.cancelled) as cancelled,
            sum(p.first_try) as first_try, sum(p.offline_failures) as offline_failures, sum(p.server_failures) as server_failures,
            sum(p.app_failures) as app_failures, sum(p.over_60s) as over_60s, sum(p.conflicted) as conflicted,
            synchealth.total(p.conflicts_lww) as lww, synchealth.total(p.conflicts_crdt) as crdt, synchealth.total(p.conflicts_merge) as merge,
            synchealth.total(p.conflicts_ot) as ot, synchealth.total(p.conflicts_manual) as manual, synchealth.total(p.conflicts_unresolved) as unresolved,
            synchealth.total(p.conflicts_unknown) as unknown, synchealth.total(p.discarded) as discarded,
            synchealth.total(p.pushed) as pushed, synchealth.total(p.pulled) as pulled, synchealth.total(p.bytes_up) as bytes_up, synchealth.total(p.bytes_down) as bytes_down,
            string_agg(p.success_sketch, ''::bytea) as success_sketch, string_agg(p.other_sketch, ''::bytea) as other_sketch
        from part p
        where (values_asked = '{}' or p.value = any (values_asked)) and (environments = '{}' or p.environment = any (environments))
        group by 1, 2, 3)
    select case when only_value then array[x.value]
            else array(select case d when 'environment' then x.environment else x.value end from unnest(dimensions) with ordinality u(d, n) order by n) end, x.at,
        x.attempts, x.successes, x.partials, x.cancelled, x.first_try, x.offline_failures, x.server_failures, x.app_failures, x.over_60s, x.conflicted,
        x.lww, x.crdt, x.merge, x.ot, x.manual, x.unresolved, x.unknown, x.discarded, x.pushed, x.pulled, x.bytes_up, x.bytes_down,
        x.success_sketch, x.other_sketch
    from summed x;
end
$$;

---------------------------------------------------------------------------------------------------------- for people
-- As before, each sketch read once (offset 0: the planner would write the call out for each percentile).
create or replace function synchealth.vitals(
    app_name text, from_at timestamptz, to_at timestamptz, step interval default null, dimensions text[] default '{}', filters text[] default '{}',
    clock text default 'event', zone text default 'UTC', now_at timestamptz default now())
returns table (at timestamptz, group_key text[], attempts bigint, successes bigint, success_rate double precision, first_try_rate double precision,
    p50_ms double precision, p90_ms double precision, p99_ms double precision, over_60s bigint,
    conflicts bigint, conflict_rate double precision, conflicted_share double precision,
    conflicts_lww bigint, conflicts_crdt bigint, conflicts_merge bigint, conflicts_ot bigint, conflicts_manual bigint,
    conflicts_unresolved bigint, conflicts_unknown bigint, discarded bigint,
    partials bigint, cancelled bigint, offline_failures bigint, server_failures bigint, app_failures bigint, source text)
language sql stable as $$
    select c.at, c.group_key, c.attempts, c.successes, 100.0 * c.successes / nullif(c.attempts, 0), 100.0 * c.first_try / nullif(c.attempts, 0),
        d.p[1], d.p[2], d.p[3], c.over_60s,
        x.conflicts, 100.0 * x.conflicts / nullif(c.attempts, 0), 100.0 * c.conflicted / nullif(c.attempts, 0),
        c.conflicts_lww, c.conflicts_crdt, c.conflicts_merge, c.conflicts_ot, c.conflicts_manual, c.conflicts_unresolved, c.conflicts_unknown, c.discarded,
        c.partials, c.cancelled, c.offline_failures, c.server_failures, c.app_failures, r.source
    from synchealth.counted_range(app_name, from_at, to_at, step, zone, clock, dimensions, filters, now_at) r
    cross join lateral synchealth.kept_range(app_name, r.lo, r.hi, r.source, clock, now_at) k
    cross join lateral synchealth.vital_counts(app_name, k.lo, k.hi, step, zone, clock, r.source, dimensions, filters) c
    cross join lateral (select synchealth.sketch_percentiles(c.success_sketch || c.other_sketch, '{0.5,0.9,0.99}') as p offset 0) d
    cross join lateral (select c.conflicts_lww + c.conflicts_crdt + c.conflicts_merge + c.conflicts_ot + c.conflicts_manual
        + c.conflicts_unresolved + c.conflicts_unknown as conflicts) x
    order by c.group_key, c.at
$$;

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
        from synchealth.core_row r
        cross join lateral (select case when r.bucket_at >= synchealth.ceil_to('1 hour', now() - interval '48 hours')
            then r.bucket_at else synchealth.floor_to('1 hour', r.bucket_at) end as timestamp) t
        where r.grain = 0
           or (r.grain = 1 and r.bucket_at >= synchealth.ceil_to('1 hour', now() - interval '48 hours'))
           or (r.grain = 2 and r.bucket_at < synchealth.ceil_to('1 hour', now() - interval '48 hours'))
        group by r.core_id, t.timestamp) m
    join synchealth.core_segment c using (core_id)
    join synchealth.app a using (app_id)
    cross join lateral (select synchealth.sketch_percentiles(m.sketch, '{0.5,0.9,0.99}') as p offset 0) d;
