-- Questions that read raw events join them with the app's segments, profiles and endings. The planner takes each of these for one row, whatever their
-- number, and so nests them: two hundred thousand events by two hundred segments by a thousand profiles took minutes. Joined by hash they take what
-- reading the events takes. Errors and conflicts are counted by the codes of the events first, so that keys are joined once a group and not once an event.

create or replace function synchealth.error_counts(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, clock text, source text, dimensions text[], filters text[])
returns table (group_key text[], at timestamptz, kind text, code text, attempts bigint) language plpgsql stable
set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' set enable_nestloop = off as $$
declare
    piece constant record := synchealth.pieces(lo, hi, source);
    hour_lo constant timestamptz := piece.hour_lo;
    hour_hi constant timestamptz := piece.hour_hi;
    day_lo constant timestamptz := piece.day_lo;
    day_hi constant timestamptz := piece.day_hi;
begin
    perform synchealth.refuse_unknown_dimensions(dimensions, filters);
    return query
    with core as materialized (
        select x.* from synchealth.core_groups(app_name, dimensions, filters) x where source <> 'event'),
    seg as materialized (select x.* from synchealth.segment_groups(app_name, dimensions, filters) x),
    prof as materialized (select x.* from synchealth.app_profile_groups(app_name, dimensions, filters) x),
    ending as materialized (select x.* from synchealth.ending_groups(dimensions, filters) x where x.outcome in (3, 4)),
    raw as materialized (
        select e.segment_id, e.profile_id, e.outcome, coalesce(e.error_id, 0) as error_id,
            synchealth.point_of(case clock when 'arrival' then e.received_at else e.event_at end, step, zone, lo) as at, count(*) as attempts
        from (select * from synchealth.events_on(clock, lo, hour_lo) union all select * from synchealth.events_on(clock, hour_hi, hi)) e
        where e.outcome in (3, 4) and e.segment_id in (select s.segment_id from seg s)
        group by 1, 2, 3, 4, 5),
    counted as (
        select g.group_key, synchealth.point_of(r.bucket_at, step, zone, lo) as at, r.error_id, sum(r.attempts) as attempts
        from synchealth.error_row r join core g using (core_id)
        where (r.grain = 3 and r.bucket_at >= day_lo and r.bucket_at < day_hi)
           or (r.grain = 2 and (r.bucket_at >= hour_lo and r.bucket_at < day_lo or r.bucket_at >= day_hi and r.bucket_at < hour_hi))
           or (r.grain = 0 and r.bucket_at >= hour_lo and r.bucket_at < hour_hi)
        group by 1, 2, 3
        union all
        select synchealth.join_keys(x.segment_key, x.profile_key, x.ending_key), x.at, x.error_id, x.attempts
        from (
            select s.group_key as segment_key, p.group_key as profile_key, n.group_key as ending_key, r.at, r.error_id, sum(r.attempts) as attempts
            from raw r
            join seg s using (segment_id)
            join prof p using (profile_id)
            join ending n using (outcome, error_id)
            group by 1, 2, 3, 4, 5) x)
    select c.group_key, c.at, coalesce(x.kind, ''), coalesce(x.code, ''), sum(c.attempts)::bigint
    from counted c left join synchealth.error x using (error_id)
    group by 1, 2, 3, 4;
end
$$;

create or replace function synchealth.conflict_mix(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, clock text, source text, dimensions text[], filters text[])
returns table (group_key text[], at timestamptz, entity text, kind text, strategy text, winner text, conflicts bigint, discarded bigint) language plpgsql stable
set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' set enable_nestloop = off as $$
declare
    piece constant record := synchealth.pieces(lo, hi, source);
    hour_lo constant timestamptz := piece.hour_lo;
    hour_hi constant timestamptz := piece.hour_hi;
    day_lo constant timestamptz := piece.day_lo;
    day_hi constant timestamptz := piece.day_hi;
    app constant integer := (select a.app_id from synchealth.app a where a.name = app_name);
begin
    perform synchealth.refuse_unknown_dimensions(dimensions, filters);
    return query
    with core as materialized (
        select x.* from synchealth.core_groups(app_name, dimensions, filters) x where source <> 'event'),
    seg as materialized (select x.* from synchealth.segment_groups(app_name, dimensions, filters) x),
    prof as materialized (select x.* from synchealth.app_profile_groups(app_name, dimensions, filters) x),
    ending as materialized (select x.* from synchealth.ending_groups(dimensions, filters) x),
    raw as materialized (
        select e.segment_id, e.profile_id, e.outcome, coalesce(e.error_id, 0) as error_id,
            synchealth.point_of(case clock when 'arrival' then e.received_at else e.event_at end, step, zone, lo) as at,
            l.entity, l.kind, l.strategy, l.winner, sum(l.conflicts) as conflicts, sum(l.discarded) as discarded
        from (select * from synchealth.events_on(clock, lo, hour_lo) union all select * from synchealth.events_on(clock, hour_hi, hi)) e
        cross join lateral synchealth.conflict_lines(e.conflict_count, e.conflicts) l
        where (e.conflict_count > 0 or e.conflicts is not null) and e.segment_id in (select s.segment_id from seg s)
        group by 1, 2, 3, 4, 5, 6, 7, 8, 9),
    counted as (
        select g.group_key, synchealth.point_of(r.bucket_at, step, zone, lo) as at, k.entity, k.kind, k.strategy, k.winner,
            sum(r.conflicts) as conflicts, sum(r.discarded) as discarded
        from synchealth.conflict_row r join core g using (core_id) join synchealth.conflict_class k using (conflict_id)
        where (r.grain = 3 and r.bucket_at >= day_lo and r.bucket_at < day_hi)
           or (r.grain = 2 and (r.bucket_at >= hour_lo and r.bucket_at < day_lo or r.bucket_at >= day_hi and r.bucket_at < hour_hi))
           or (r.grain = 0 and r.bucket_at >= hour_lo and r.bucket_at < hour_hi)
        group by 1, 2, 3, 4, 5, 6
        union all
        select synchealth.join_keys(x.segment_key, x.profile_key, x.ending_key), x.at,
            synchealth.known_or_other(app, 'conflict_entity', x.entity), x.kind, x.strategy, x.winner, x.conflicts, x.discarded
        from (
            select s.group_key as segment_key, p.group_key as profile_key, n.group_key as ending_key, r.at, r.entity, r.kind, r.strategy, r.winner,
                sum(r.conflicts) as conflicts, sum(r.discarded) as discarded
            from raw r
            join seg s using (segment_id)
            join prof p using (profile_id)
            join ending n using (outcome, error_id)
            group by 1, 2, 3, 4, 5, 6, 7, 8) x)
    select c.group_key, c.at, c.entity, c.kind, c.strategy, c.winner, sum(c.conflicts)::bigint, sum(c.discarded)::bigint
    from counted c
    group by 1, 2, 3, 4, 5, 6;
end
$$;

alter function synchealth.event_counts set enable_nestloop = off;
alter function synchealth.event_device_counts set enable_nestloop = off;
alter function synchealth.event_device_sets set enable_nestloop = off;
alter function synchealth.rule_event_counts set enable_nestloop = off;
alter function synchealth.rule_error_kinds set enable_nestloop = off;
