-- What lies before the first whole hour of a range and after the last comes from raw events (0146), and each of them had its conflicts taken apart, 12 µs: a fleet of a million has twenty
-- thousand an hour. Most of them tell the same as others. They are added up by what they tell and by the groups that are asked for, and then taken apart: 240 ms a day before.
create or replace function synchealth.conflict_mix(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, clock text, source text, dimensions text[], filters text[])
returns table (group_key text[], at timestamptz, entity text, kind text, strategy text, winner text, conflicts bigint, discarded bigint)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' set enable_nestloop = off as $$
declare
    piece constant record := synchealth.pieces(lo, hi, source);
    hour_lo constant timestamptz := piece.hour_lo;
    hour_hi constant timestamptz := piece.hour_hi;
    day_lo constant timestamptz := piece.day_lo;
    day_hi constant timestamptz := piece.day_hi;
    app constant integer := (select a.app_id from synchealth.app a where a.name = app_name);
    segments constant integer[] := array(select g.segment_id from synchealth.segment_groups(app_name, dimensions, filters) g);
begin
    perform synchealth.refuse_unknown_dimensions(dimensions, filters);
    return query
    with core as materialized (
        select x.* from synchealth.core_groups(app_name, dimensions, filters) x where source <> 'event'),
    seg as materialized (
        select x.*, dense_rank() over (order by x.group_key) as no from synchealth.segment_groups(app_name, dimensions, filters) x),
    prof as materialized (
        select x.*, dense_rank() over (order by x.group_key) as no from synchealth.app_profile_groups(app_name, dimensions, filters) x),
    ending as materialized (
        select x.*, dense_rank() over (order by x.group_key) as no from synchealth.ending_groups(dimensions, filters) x),
    told as materialized (
        select s.no as seg_no, p.no as prof_no, n.no as ending_no, e.at, e.conflict_count, e.conflicts, sum(e.attempts) as attempts
        from (
            select * from synchealth.conflicted_in(segments, clock, lo, hour_lo, step, zone, lo)
            union all
            select * from synchealth.conflicted_in(segments, clock, hour_hi, hi, step, zone, lo)) e
        join seg s using (segment_id)
        join prof p using (profile_id)
        join ending n on n.outcome = e.outcome and n.error_id = coalesce(e.error_id, 0)
        group by 1, 2, 3, 4, 5, 6),
    raw as (
        select t.seg_no, t.prof_no, t.ending_no, t.at, l.entity, l.kind, l.strategy, l.winner,
            sum(l.conflicts * t.attempts) as conflicts, sum(l.discarded * t.attempts) as discarded
        from told t
        cross join lateral synchealth.conflict_lines(t.conflict_count, t.conflicts) l
        group by 1, 2, 3, 4, 5, 6, 7, 8),
    counted as (
        select g.group_key, synchealth.point_of(r.bucket_at, step, zone, lo) as at, k.entity, k.kind, k.strategy, k.winner,
            sum(r.conflicts) as conflicts, sum(r.discarded) as discarded
        from synchealth.conflict_row r join core g using (core_id) join synchealth.conflict_class k using (conflict_id)
        where (r.grain = 3 and r.bucket_at >= day_lo and r.bucket_at < day_hi)
           or (r.grain = 2 and (r.bucket_at >= hour_lo and r.bucket_at < day_lo or r.bucket_at >= day_hi and r.bucket_at < hour_hi))
           or (r.grain = 0 and r.bucket_at >= hour_lo and r.bucket_at < hour_hi)
        group by 1, 2, 3, 4, 5, 6
        union all
        select synchealth.join_keys(s.group_key, p.group_key, n.group_key), r.at,
            synchealth.known_or_other(app, 'conflict_entity', r.entity), r.kind, r.strategy, r.winner, r.conflicts, r.discarded
        from raw r
        join (select distinct x.no, x.group_key from seg x) s on s.no = r.seg_no
        join (select distinct x.no, x.group_key from prof x) p on p.no = r.prof_no
        join (select distinct x.no, x.group_key from ending x) n on n.no = r.ending_no)
    select c.group_key, c.at, c.entity, c.kind, c.strategy, c.winner, sum(c.conflicts)::bigint, sum(c.discarded)::bigint
    from counted c
    group by 1, 2, 3, 4, 5, 6;
end
$$;
