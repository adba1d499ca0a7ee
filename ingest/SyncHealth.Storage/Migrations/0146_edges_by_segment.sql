-- Errors and conflicts are counted by hours and days; what lies before the first whole hour of a range and after the last comes from the raw events. These were read whatever app
-- they are of and whatever became of them, up to an hour of them at each end: beside a fleet of a million devices, four hundred thousand an hour, a day's errors took 330 ms
-- and its conflicts 540, and 40 and 16 without them. One in fifty failed, one in twenty conflicted: these are found by their segment now, 48 and 90.

-- By segment and hour of the day (a partition is a day), not by time: half as many bytes where a segment has several in an hour, and never more. To build them, every partition is
-- read twice, and ingest waits meanwhile.
create index event_failed on synchealth.event (segment_id, (extract(hour from event_at at time zone 'UTC')::smallint)) where outcome in (3, 4);
create index event_conflicted on synchealth.event (segment_id, (extract(hour from event_at at time zone 'UTC')::smallint)) where conflict_count > 0 or conflicts is not null;

-- The failed attempts of some segments in a part of an hour, a few columns of them. What is longer, and the arrival clock, is read from all raw events as ever.
-- Index: event_failed, event_skewed, those of events_in.
create function synchealth.failures_in(segments integer[], clock text, lo timestamptz, hi timestamptz)
returns table (segment_id integer, profile_id integer, outcome smallint, error_id integer, event_at timestamptz, received_at timestamptz)
language plpgsql stable set plan_cache_mode = force_generic_plan set jit = off set enable_bitmapscan = off set enable_seqscan = off as $$
declare
    hour constant smallint := extract(hour from lo at time zone 'UTC');
begin
    if lo >= hi then
        return;
    elsif clock = 'event' and hi <= synchealth.floor_to('1 hour', lo) + interval '1 hour' then
        return query
        select e.segment_id, e.profile_id, e.outcome, e.error_id, e.event_at, e.received_at
        from synchealth.event e
        where e.segment_id = any (segments) and extract(hour from e.event_at at time zone 'UTC')::smallint = hour and e.outcome in (3, 4)
          and e.device_at >= lo and e.device_at < hi and e.event_at = e.device_at and e.received_at <= (select synchealth.as_of());
        return query
        select e.segment_id, e.profile_id, e.outcome, e.error_id, e.event_at, e.received_at
        from synchealth.skewed_events(lo, hi) e
        where e.outcome in (3, 4) and e.segment_id = any (segments);
    else
        return query
        select e.segment_id, e.profile_id, e.outcome, e.error_id, e.event_at, e.received_at
        from synchealth.events_in(clock, lo, hi) e
        where e.outcome in (3, 4) and e.segment_id = any (segments);
    end if;
end
$$;

-- The same of attempts with conflicts: those that tell the same of them, and are in one point, are one row.
create function synchealth.conflicted_in(segments integer[], clock text, lo timestamptz, hi timestamptz, step interval, zone text, range_lo timestamptz)
returns table (segment_id integer, profile_id integer, outcome smallint, error_id integer, at timestamptz, conflict_count integer, conflicts jsonb, attempts bigint)
language plpgsql stable set plan_cache_mode = force_generic_plan set jit = off set enable_bitmapscan = off set enable_seqscan = off set enable_sort = off as $$
declare
    hour constant smallint := extract(hour from lo at time zone 'UTC');
begin
    if lo >= hi then
        return;
    elsif clock = 'event' and hi <= synchealth.floor_to('1 hour', lo) + interval '1 hour' then
        return query
        select e.segment_id, e.profile_id, e.outcome, e.error_id, synchealth.point_of(e.event_at, step, zone, range_lo), e.conflict_count, e.conflicts, count(*)
        from synchealth.event e
        where e.segment_id = any (segments) and extract(hour from e.event_at at time zone 'UTC')::smallint = hour and (e.conflict_count > 0 or e.conflicts is not null)
          and e.device_at >= lo and e.device_at < hi and e.event_at = e.device_at and e.received_at <= (select synchealth.as_of())
        group by 1, 2, 3, 4, 5, 6, 7;
        return query
        select e.segment_id, e.profile_id, e.outcome, e.error_id, synchealth.point_of(e.event_at, step, zone, range_lo), e.conflict_count, e.conflicts, count(*)
        from synchealth.skewed_events(lo, hi) e
        where (e.conflict_count > 0 or e.conflicts is not null) and e.segment_id = any (segments)
        group by 1, 2, 3, 4, 5, 6, 7;
    else
        return query
        select e.segment_id, e.profile_id, e.outcome, e.error_id,
            synchealth.point_of(case clock when 'arrival' then e.received_at else e.event_at end, step, zone, range_lo), e.conflict_count, e.conflicts, count(*)
        from synchealth.events_in(clock, lo, hi) e
        where (e.conflict_count > 0 or e.conflicts is not null) and e.segment_id = any (segments)
        group by 1, 2, 3, 4, 5, 6, 7;
    end if;
end
$$;

-- As before, but for the edges.
do $$
declare
    segments constant text := $new$    segments constant integer[] := array(select g.segment_id from synchealth.segment_groups(app_name, dimensions, filters) g);
begin
    perform synchealth.refuse$new$;
    changed text := replace(replace(
        pg_get_functiondef('synchealth.error_counts'::regproc),
        $old$        from (select * from synchealth.events_in(clock, lo, hour_lo) union all select * from synchealth.events_in(clock, hour_hi, hi)) e
        where e.outcome in (3, 4) and e.segment_id in (select s.segment_id from seg s)
        group by 1, 2, 3, 4, 5),$old$,
        $new$        from (select * from synchealth.failures_in(segments, clock, lo, hour_lo) union all select * from synchealth.failures_in(segments, clock, hour_hi, hi)) e
        group by 1, 2, 3, 4, 5),$new$),
        $old$begin
    perform synchealth.refuse$old$, segments);
begin
    if changed not like '%failures_in%failures_in%' or changed not like '%segments constant%' then
        raise exception 'error_counts is not what this migration expects';
    end if;
    execute changed;
    changed := replace(replace(
        pg_get_functiondef('synchealth.conflict_mix'::regproc),
        $old$        select e.segment_id, e.profile_id, e.outcome, coalesce(e.error_id, 0) as error_id,
            synchealth.point_of(case clock when 'arrival' then e.received_at else e.event_at end, step, zone, lo) as at,
            l.entity, l.kind, l.strategy, l.winner, sum(l.conflicts) as conflicts, sum(l.discarded) as discarded
        from (select * from synchealth.events_in(clock, lo, hour_lo) union all select * from synchealth.events_in(clock, hour_hi, hi)) e
        cross join lateral synchealth.conflict_lines(e.conflict_count, e.conflicts) l
        where (e.conflict_count > 0 or e.conflicts is not null) and e.segment_id in (select s.segment_id from seg s)
        group by 1, 2, 3, 4, 5, 6, 7, 8, 9),$old$,
        $new$        select e.segment_id, e.profile_id, e.outcome, coalesce(e.error_id, 0) as error_id, e.at,
            l.entity, l.kind, l.strategy, l.winner, sum(l.conflicts * e.attempts) as conflicts, sum(l.discarded * e.attempts) as discarded
        from (
            select * from synchealth.conflicted_in(segments, clock, lo, hour_lo, step, zone, lo)
            union all
            select * from synchealth.conflicted_in(segments, clock, hour_hi, hi, step, zone, lo)) e
        cross join lateral synchealth.conflict_lines(e.conflict_count, e.conflicts) l
        group by 1, 2, 3, 4, 5, 6, 7, 8, 9),$new$),
        $old$begin
    perform synchealth.refuse$old$, segments);
    if changed not like '%conflicted_in%conflicted_in%' or changed not like '%segments constant%' then
        raise exception 'conflict_mix is not what this migration expects';
    end if;
    execute changed;
end
$$;
