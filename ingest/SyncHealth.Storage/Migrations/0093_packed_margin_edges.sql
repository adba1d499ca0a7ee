-- As before, and the minutes at the edges of a range from packs too (0092).
create or replace function synchealth.margin_sums(
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
    is_direct constant boolean := synchealth.is_direct(source, step);
    hour_lo constant timestamptz := case when source = 'minute' then hi else least(synchealth.ceil_to('1 hour', lo), hi) end;
    hour_hi constant timestamptz := greatest(synchealth.floor_to('1 hour', hi), hour_lo);
    day_lo constant timestamptz := case when source in ('day', 'fine_day') then least(synchealth.ceil_to('1 day', hour_lo), hour_hi) else hour_hi end;
    day_hi constant timestamptz := greatest(synchealth.floor_to('1 day', hour_hi), day_lo);
    -- The five minutes of the edges: [five_lo, five_end) before the first whole hour, [hour_hi, five_hi) after the last.
    five_lo constant timestamptz := least(synchealth.ceil_to('5 minutes', lo), hour_lo);
    five_end constant timestamptz := greatest(synchealth.floor_to('5 minutes', hour_lo), five_lo);
    five_hi constant timestamptz := greatest(synchealth.floor_to('5 minutes', hi), hour_hi);
begin
    return query
    -- Taken apart once, whatever the planner thinks of how many segments there are.
    with packed as materialized (
        select m.*
        from (values (lo, five_lo), (five_end, hour_lo), (five_hi, hi)) e (edge_lo, edge_hi)
        cross join lateral synchealth.packed_minutes(e.edge_lo, e.edge_hi) m
        where not is_fine),
    part as (
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
        select case name when 'app_version' then c.app_version when 'os' then c.os else c.network end, c.environment, r.bucket_at,
            r.attempts, r.successes, r.partials, r.cancelled, r.first_try, r.offline_failures, r.server_failures, r.app_failures, r.over_60s, r.conflicted,
            r.conflicts_lww, r.conflicts_crdt, r.conflicts_merge, r.conflicts_ot, r.conflicts_manual, r.conflicts_unresolved, r.conflicts_unknown, r.discarded,
            r.pushed, r.pulled, r.bytes_up, r.bytes_down, r.success_sketch, r.other_sketch
        from packed r join synchealth.core_segment c using (core_id)
        where c.app_id = app
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
