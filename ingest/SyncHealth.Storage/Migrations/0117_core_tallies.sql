-- What a cause is looked for by: attempts, failures, slow ones and those with conflicts of every version, system and network of a range. A month of them was twenty-seven
-- thousand rows whose two dozen sums and two sketches were joined, sent and thrown away.

-- As core_counts, of a range in one row for each group, and of it these four counts alone.
create function synchealth.core_tallies(app_name text, lo timestamptz, hi timestamptz, source text, dimensions text[], filters text[])
returns table (group_key text[], attempts bigint, successes bigint, over_60s bigint, conflicted bigint)
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
    packed as materialized (
        select u.core_id, u.attempts, u.attempts - coalesce(u.failures, 0) as successes, u.over_60s, u.conflicted
        from (
            select unnest(p.core_ids) as core_id, unnest(p.attempts) as attempts, unnest(p.failures) as failures, unnest(p.over_60s) as over_60s, unnest(p.conflicted) as conflicted
            from synchealth.rollup_minute_pack p
            where p.bucket_at >= lo and p.bucket_at < hour_lo or p.bucket_at >= hour_hi and p.bucket_at < hi) u),
    part as (
        select r.core_id, r.attempts, r.successes, r.over_60s, r.conflicted
        from synchealth.core_row r
        where (r.grain = 3 and r.bucket_at >= day_lo and r.bucket_at < day_hi)
           or (r.grain = 2 and (r.bucket_at >= hour_lo and r.bucket_at < day_lo or r.bucket_at >= day_hi and r.bucket_at < hour_hi))
           or (r.grain = 1 and (r.bucket_at >= lo and r.bucket_at < hour_lo or r.bucket_at >= hour_hi and r.bucket_at < hi))
           or (r.grain = 0 and r.bucket_at >= lo and r.bucket_at < hi)
        union all
        select p.* from packed p),
    summed as (
        select g.no, sum(p.attempts) as attempts, sum(p.successes) as successes, sum(p.over_60s) as over_60s, sum(p.conflicted) as conflicted
        from part p join core g using (core_id)
        group by g.no)
    select k.group_key, s.attempts::bigint, s.successes::bigint, coalesce(s.over_60s, 0)::bigint, coalesce(s.conflicted, 0)::bigint
    from summed s join (select distinct x.no, x.group_key from core x) k using (no);
end
$$;

-- As vital_parts, and where no margin answers a range in one row, from tallies: all counts but four are 0 then, and there are no sketches.
create function synchealth.vital_tallies(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, clock text, source text, dimensions text[], filters text[])
returns setof synchealth.vital_count
language sql stable as $$
    select t.group_key, lo, t.attempts, t.successes, 0, 0, 0, 0, 0, 0, t.over_60s, t.conflicted, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ''::bytea, ''::bytea
    from synchealth.core_tallies(app_name, lo, hi, source, dimensions, filters) t
    where step is null and source in ('minute', 'hour', 'day') and clock <> 'arrival' and not synchealth.is_marginal(source, step, dimensions, filters)
      and synchealth.knows_dimensions(dimensions, filters)
    union all
    select p.* from synchealth.vital_parts(app_name, lo, hi, step, zone, clock, source, dimensions, filters) p
    where not (step is null and source in ('minute', 'hour', 'day') and clock <> 'arrival' and not synchealth.is_marginal(source, step, dimensions, filters))
$$;
