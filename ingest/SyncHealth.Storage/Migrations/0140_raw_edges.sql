-- A question whose range begins or ends within an hour reads the raw events of its edges, and for these few planned every day's partition twice at each edge: an event whose
-- clock was corrected lies where its device's clock put it. That was ten milliseconds a question, several questions a page, more than reading the answer. Late events of a
-- right clock lie in their own day, so only the corrected ones are looked for everywhere, by a plan that is made once.

-- Events of a range whose device clock was corrected. Index: event_stray.
create function synchealth.skewed_events(lo timestamptz, hi timestamptz) returns setof synchealth.event
language plpgsql stable rows 10 set plan_cache_mode = force_generic_plan as $$
begin
    if lo < hi then
        return query
        select e.* from synchealth.event e
        where e.event_at >= lo and e.event_at < hi and e.event_at <> e.device_at and e.received_at <= (select synchealth.as_of());
    end if;
end
$$;

-- The events of events_on, for bounds that are known when the question is planned: edges of hours as said above, and of half a month and more all partitions, each once.
create function synchealth.events_in(clock text, lo timestamptz, hi timestamptz) returns setof synchealth.event
language sql stable as $$
    select * from synchealth.events_on(clock, lo, hi)
    where clock = 'arrival' or hi - lo > interval '2 hours' and hi - lo < interval '15 days'
    union all
    select * from synchealth.event
    where clock = 'event' and hi - lo <= interval '2 hours' and device_at >= lo and device_at < hi and event_at = device_at
      and received_at - event_at <= interval '15 minutes'
      and received_at >= lo - interval '1 hour' and received_at <= hi + interval '15 minutes'
      and received_at <= (select synchealth.as_of())
    union all
    select * from synchealth.event
    where clock = 'event' and hi - lo <= interval '2 hours' and device_at >= lo and device_at < hi and event_at = device_at
      and event_at >= lo and event_at < hi and received_at - event_at > interval '15 minutes'
      and received_at <= (select synchealth.as_of())
    union all
    select * from synchealth.skewed_events(lo, hi)
    where clock = 'event' and hi - lo <= interval '2 hours'
    union all
    select * from synchealth.event
    where clock = 'event' and hi - lo >= interval '15 days' and event_at >= lo and event_at < hi
      and received_at <= (select synchealth.as_of())
$$;

-- Who reads the raw events of a range asks so from now on; nothing else of these functions changes.
do $$
declare
    name text;
begin
    foreach name in array array['event_counts', 'event_device_sets', 'core_device_sets', 'conflict_mix'] loop
        execute replace(pg_get_functiondef(('synchealth.' || name)::regproc), 'synchealth.events_on(', 'synchealth.events_in(');
    end loop;
end
$$;

-- Devices of many events are told apart by hash: the planner, which takes the events for one, sorted them.
alter function synchealth.event_device_sets set enable_sort = off;

-- As before, from events_in; and rows of rollups are added up by the number of their group and their hour before keys and points are made of these: both were compared for
-- every row.
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
        select *, dense_rank() over (order by x.group_key)::integer as no from synchealth.core_groups(app_name, dimensions, filters) x where source <> 'event'),
    seg as materialized (select x.* from synchealth.segment_groups(app_name, dimensions, filters) x),
    prof as materialized (select x.* from synchealth.app_profile_groups(app_name, dimensions, filters) x),
    ending as materialized (select x.* from synchealth.ending_groups(dimensions, filters) x where x.outcome in (3, 4)),
    raw as materialized (
        select e.segment_id, e.profile_id, e.outcome, coalesce(e.error_id, 0) as error_id,
            synchealth.point_of(case clock when 'arrival' then e.received_at else e.event_at end, step, zone, lo) as at, count(*) as attempts
        from (select * from synchealth.events_in(clock, lo, hour_lo) union all select * from synchealth.events_in(clock, hour_hi, hi)) e
        where e.outcome in (3, 4) and e.segment_id in (select s.segment_id from seg s)
        group by 1, 2, 3, 4, 5),
    rolled as (
        select g.no, r.bucket_at, r.error_id, sum(r.attempts) as attempts
        from synchealth.error_row r join core g using (core_id)
        where (r.grain = 3 and r.bucket_at >= day_lo and r.bucket_at < day_hi)
           or (r.grain = 2 and (r.bucket_at >= hour_lo and r.bucket_at < day_lo or r.bucket_at >= day_hi and r.bucket_at < hour_hi))
           or (r.grain = 0 and r.bucket_at >= hour_lo and r.bucket_at < hour_hi)
        group by 1, 2, 3),
    counted as (
        select k.group_key, synchealth.point_of(r.bucket_at, step, zone, lo) as at, r.error_id, r.attempts
        from rolled r join (select distinct x.no, x.group_key from core x) k using (no)
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
