-- Questions of one dimension, which most are, planned the same few statements each time they were asked: three of their five milliseconds.

alter function synchealth.margin_sums set plan_cache_mode = force_generic_plan;

-- A success rate by version and quarter of an hour is eight thousand rows of a margin, of which a chart draws two counts: the two dozen sums and two sketches of each were added
-- up, sent and thrown away. Questions for tallies alone add up four.

-- As margin_sums, and the rows of a direct question too: core dimensions, these four counts alone.
create function synchealth.margin_tallies(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, source text, dimensions text[], filters text[])
returns table (group_key text[], at timestamptz, attempts bigint, successes bigint, over_60s bigint, conflicted bigint)
language plpgsql stable set plan_cache_mode = force_generic_plan set jit = off set work_mem = '32MB' as $$
declare
    app constant integer := (select a.app_id from synchealth.app a where a.name = app_name);
    name constant text := synchealth.margin_of(dimensions, filters);
    values_asked constant text[] := array(select substr(f, length(name) + 2) from unnest(filters) f where starts_with(f, name || ':'));
    environments constant text[] := array(select substr(f, length('environment:') + 1) from unnest(filters) f where starts_with(f, 'environment:'));
    by_value constant boolean := name = any (dimensions);
    by_environment constant boolean := 'environment' = any (dimensions);
    only_value constant boolean := by_value and cardinality(dimensions) = 1;
    hour_lo constant timestamptz := case when source = 'minute' then hi else least(synchealth.ceil_to('1 hour', lo), hi) end;
    hour_hi constant timestamptz := greatest(synchealth.floor_to('1 hour', hi), hour_lo);
    day_lo constant timestamptz := case when source = 'day' then least(synchealth.ceil_to('1 day', hour_lo), hour_hi) else hour_hi end;
    day_hi constant timestamptz := greatest(synchealth.floor_to('1 day', hour_hi), day_lo);
    five_lo constant timestamptz := least(synchealth.ceil_to('5 minutes', lo), hour_lo);
    five_end constant timestamptz := greatest(synchealth.floor_to('5 minutes', hour_lo), five_lo);
    five_hi constant timestamptz := greatest(synchealth.floor_to('5 minutes', hi), hour_hi);
begin
    return query
    with packed as materialized (
        select u.core_id, u.bucket_at, u.attempts, u.attempts - coalesce(u.failures, 0) as successes, u.over_60s, u.conflicted
        from (
            select p.bucket_at, unnest(p.core_ids) as core_id, unnest(p.attempts) as attempts, unnest(p.failures) as failures, unnest(p.over_60s) as over_60s, unnest(p.conflicted) as conflicted
            from synchealth.rollup_minute_pack p
            where p.bucket_at >= lo and p.bucket_at < five_lo or p.bucket_at >= five_end and p.bucket_at < hour_lo or p.bucket_at >= five_hi and p.bucket_at < hi) u),
    minutes as (
        select r.core_id, r.bucket_at, r.attempts, r.successes, r.over_60s, r.conflicted
        from synchealth.core_row r
        where (r.grain = 1 and (r.bucket_at >= lo and r.bucket_at < five_lo or r.bucket_at >= five_end and r.bucket_at < hour_lo or r.bucket_at >= five_hi and r.bucket_at < hi))
           or (r.grain = 0 and r.bucket_at >= lo and r.bucket_at < hi)
        union all
        select p.* from packed p),
    part as (
        select r.value, r.environment, r.bucket_at, r.attempts, r.successes, r.over_60s, r.conflicted
        from synchealth.rollup_margin r
        where r.app_id = app and r.dimension = name
          and ((r.grain = 3 and r.bucket_at >= day_lo and r.bucket_at < day_hi)
            or (r.grain = 2 and (r.bucket_at >= hour_lo and r.bucket_at < day_lo or r.bucket_at >= day_hi and r.bucket_at < hour_hi))
            or (r.grain = 1 and (r.bucket_at >= five_lo and r.bucket_at < five_end or r.bucket_at >= hour_hi and r.bucket_at < five_hi)))
        union all
        select case name when 'app_version' then c.app_version when 'os' then c.os else c.network end, c.environment, m.bucket_at,
            m.attempts, m.successes, m.over_60s, m.conflicted
        from minutes m join synchealth.core_segment c using (core_id)
        where c.app_id = app),
    summed as (
        select case when by_value then p.value end as value, case when by_environment then p.environment end as environment, synchealth.point_of(p.bucket_at, step, zone, lo) as at,
            sum(p.attempts) as attempts, sum(p.successes) as successes, sum(p.over_60s) as over_60s, sum(p.conflicted) as conflicted
        from part p
        where (values_asked = '{}' or p.value = any (values_asked)) and (environments = '{}' or p.environment = any (environments))
        group by 1, 2, 3)
    select case when only_value then array[s.value]
            else array(select case d when 'environment' then s.environment else s.value end from unnest(dimensions) with ordinality u(d, n) order by n) end, s.at,
        s.attempts::bigint, coalesce(s.successes, 0)::bigint, coalesce(s.over_60s, 0)::bigint, coalesce(s.conflicted, 0)::bigint
    from summed s;
end
$$;

-- As before, and of one core dimension from the tallies of its margin.
create or replace function synchealth.vital_tallies(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, clock text, source text, dimensions text[], filters text[])
returns setof synchealth.vital_count
language sql stable as $$
    select t.group_key, t.at, t.attempts, t.successes, 0, 0, 0, 0, 0, 0, t.over_60s, t.conflicted, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ''::bytea, ''::bytea
    from synchealth.margin_tallies(app_name, lo, hi, step, zone, source, dimensions, filters) t
    where source in ('minute', 'hour', 'day') and clock <> 'arrival' and synchealth.is_marginal(source, step, dimensions, filters)
      and synchealth.knows_dimensions(dimensions, filters)
    union all
    select t.group_key, lo, t.attempts, t.successes, 0, 0, 0, 0, 0, 0, t.over_60s, t.conflicted, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ''::bytea, ''::bytea
    from synchealth.core_tallies(app_name, lo, hi, source, dimensions, filters) t
    where step is null and source in ('minute', 'hour', 'day') and clock <> 'arrival' and not synchealth.is_marginal(source, step, dimensions, filters)
      and synchealth.knows_dimensions(dimensions, filters)
    union all
    select p.* from synchealth.vital_parts(app_name, lo, hi, step, zone, clock, source, dimensions, filters) p
    where source not in ('minute', 'hour', 'day') or clock = 'arrival' or step is not null and not synchealth.is_marginal(source, step, dimensions, filters)
$$;
