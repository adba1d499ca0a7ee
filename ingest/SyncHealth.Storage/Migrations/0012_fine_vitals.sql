-- The read side of the second grain and of the side tables: which rows can answer a question, and the counts from them.

---------------------------------------------------------------------------------------------------------- ranges
create function synchealth.names_in(dimensions text[], filters text[]) returns setof text
language sql immutable parallel safe as $$
    select d from unnest(dimensions) d union select substring(f from '^((?:tag:)?[^:]+):') from unnest(filters) f
$$;

-- The coarsest rows that hold every dimension of a question: core, fine, or raw events. Fine rows know the event clock only, and the
-- promoted tag only from the hour on from which all of them were counted by it.
create function synchealth.grain_of(app_name text, from_at timestamptz, clock text, dimensions text[], filters text[]) returns text
language sql stable
return case
    when synchealth.is_core(dimensions, filters) then 'core'
    when clock = 'event' and not exists (
        select from synchealth.names_in(dimensions, filters) n
        where n not in ('app_version', 'os', 'network', 'environment', 'os_version', 'type', 'trigger')
          and not exists (
              select from synchealth.app a
              where a.name = app_name and n = 'tag:' || a.promoted_tag and synchealth.floor_to('1 hour', from_at) >= a.promoted_from)) then 'fine'
    else 'event'
end;

drop function synchealth.vitals;
drop function synchealth.counted_range;

-- The bounds that are really counted, and the widest rows that can answer: day, hour, minute, fine_day, fine_hour, or raw events.
-- Minutes are kept 48 hours, raw events 30 days. Fine hours have raw events at their edges. Beyond, bounds move to the hour or to the
-- oldest complete day.
create function synchealth.range_of_grain(
    from_at timestamptz, to_at timestamptz, step interval, zone text, grain text, now_at timestamptz,
    out lo timestamptz, out hi timestamptz, out source text)
language plpgsql stable as $$
declare
    minutes_from constant timestamptz := synchealth.ceil_to('1 hour', now_at - interval '48 hours');
    events_from constant timestamptz := synchealth.ceil_to('1 day', now_at - interval '30 days');
    edges_from constant timestamptz := case grain when 'core' then minutes_from else events_from end;
    seconds constant bigint := extract(epoch from step);
begin
    lo := synchealth.floor_to('1 minute', from_at);
    hi := greatest(synchealth.ceil_to('1 minute', to_at), lo);
    source := case
        when step is null then 'day'
        when zone <> 'UTC' and seconds = 86400 then
            case when synchealth.has_whole_hours(zone, lo, hi) then 'hour' else 'minute' end
        when seconds % 86400 = 0 then 'day'
        when seconds % 3600 = 0 then 'hour'
        else 'minute'
    end;
    if grain = 'event' or source = 'minute' and (grain = 'fine' or lo < minutes_from) then
        source := 'event';
        lo := greatest(lo, events_from);
        hi := greatest(lo, hi);
        return;
    end if;
    if lo < edges_from then
        lo := synchealth.floor_to('1 hour', lo);
        hi := case when hi < edges_from then synchealth.ceil_to('1 hour', hi) else hi end;
    end if;
    if grain = 'fine' then
        source := 'fine_' || source;
    end if;
end
$$;

create function synchealth.counted_range(
    app_name text, from_at timestamptz, to_at timestamptz, step interval, zone text, clock text, dimensions text[], filters text[], now_at timestamptz,
    out lo timestamptz, out hi timestamptz, out source text)
language sql stable as $$
    select r.* from synchealth.range_of_grain(from_at, to_at, step, zone, synchealth.grain_of(app_name, from_at, clock, dimensions, filters), now_at) r
$$;

-- The same for the side tables, which hold core dimensions in hours and days of the event clock.
create function synchealth.side_range(
    from_at timestamptz, to_at timestamptz, step interval, zone text, clock text, dimensions text[], filters text[], now_at timestamptz,
    out lo timestamptz, out hi timestamptz, out source text)
language sql stable as $$
    select r.* from synchealth.range_of_grain(
        from_at, to_at, step, zone, case when clock = 'event' and synchealth.is_core(dimensions, filters) then 'fine' else 'event' end, now_at) r
$$;

-- Whole hours and days inside a range, for sources that have them; what is outside hour_lo and hour_hi is raw events' business.
create function synchealth.pieces(
    lo timestamptz, hi timestamptz, source text,
    out hour_lo timestamptz, out day_lo timestamptz, out day_hi timestamptz, out hour_hi timestamptz)
language plpgsql immutable parallel safe as $$
begin
    hour_lo := case when source like 'fine\_%' then least(synchealth.ceil_to('1 hour', lo), hi) else hi end;
    hour_hi := greatest(synchealth.floor_to('1 hour', hi), hour_lo);
    day_lo := case when source = 'fine_day' then least(synchealth.ceil_to('1 day', hour_lo), hour_hi) else hour_hi end;
    day_hi := greatest(synchealth.floor_to('1 day', hour_hi), day_lo);
end
$$;

---------------------------------------------------------------------------------------------------------- fine counts
-- Promoted values with the key of the group each belongs to; a question without tags does not ask.
create function synchealth.promoted_groups(app_name text, dimensions text[], filters text[])
returns table (promoted_id integer, group_key text[])
language sql stable as $$
    select v.promoted_id, k.group_key
    from synchealth.app a join synchealth.promoted_value v on v.app_id = a.app_id and v.tag = a.promoted_tag
    cross join lateral (select jsonb_build_object('tag:' || v.tag, v.value) as held) h
    cross join lateral synchealth.passing(filters, h.held)
    cross join lateral synchealth.picked(dimensions, h.held) k
    where a.name = app_name
$$;

-- Event clock, fine grain: the whole hours and days of a range, and what is not folded yet.
create function synchealth.fine_counts(
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
begin
    return query
    with seg as materialized (
        select x.segment_id, x.group_key, dense_rank() over (order by x.group_key)::integer as no from synchealth.segment_groups(app_name, dimensions, filters) x),
    prom as materialized (
        select x.promoted_id, x.group_key, dense_rank() over (order by x.group_key)::integer as no
        from synchealth.promoted_groups(app_name, dimensions, filters) x where by_tag),
    summed as (
        select s.no as seg_no, p.no as prom_no, synchealth.point_of(r.bucket_at, step, zone, lo) as at,
            sum(r.attempts) as attempts, sum(r.successes) as successes, sum(r.partials) as partials, sum(r.cancelled) as cancelled,
            sum(r.first_try) as first_try, sum(r.offline_failures) as offline_failures, sum(r.server_failures) as server_failures,
            sum(r.app_failures) as app_failures, sum(r.over_60s) as over_60s, sum(r.conflicted) as conflicted,
            sum(r.conflicts_lww)::bigint as lww, sum(r.conflicts_crdt)::bigint as crdt, sum(r.conflicts_merge)::bigint as merge,
            sum(r.conflicts_ot)::bigint as ot, sum(r.conflicts_manual)::bigint as manual, sum(r.conflicts_unresolved)::bigint as unresolved,
            sum(r.conflicts_unknown)::bigint as unknown, sum(r.discarded)::bigint as discarded,
            sum(r.pushed)::bigint as pushed, sum(r.pulled)::bigint as pulled, sum(r.bytes_up)::bigint as bytes_up, sum(r.bytes_down)::bigint as bytes_down,
            string_agg(r.success_sketch, ''::bytea) as success_sketch, string_agg(r.other_sketch, ''::bytea) as other_sketch
        from synchealth.fine_row r
        join seg s using (segment_id)
        left join prom p on by_tag and p.promoted_id = r.promoted_id
        where (not by_tag or p.no is not null)
          and ((r.grain = 3 and r.bucket_at >= day_lo and r.bucket_at < day_hi)
            or (r.grain = 2 and (r.bucket_at >= hour_lo and r.bucket_at < day_lo or r.bucket_at >= day_hi and r.bucket_at < hour_hi))
            or (r.grain = 0 and r.bucket_at >= hour_lo and r.bucket_at < hour_hi))
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

-- The same with the raw events at both edges, so that exactly the range is counted.
create function synchealth.fine_range_counts(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, source text, dimensions text[], filters text[])
returns setof synchealth.vital_count
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' as $$
declare
    piece constant record := synchealth.pieces(lo, hi, source);
begin
    if piece.hour_lo = lo and piece.hour_hi = hi then
        return query select * from synchealth.fine_counts(app_name, lo, hi, step, zone, source, dimensions, filters);
        return;
    end if;
    return query
    select r.group_key, case when step is null then lo else r.at end,
        sum(r.attempts)::bigint, sum(r.successes)::bigint, sum(r.partials)::bigint, sum(r.cancelled)::bigint, sum(r.first_try)::bigint,
        sum(r.offline_failures)::bigint, sum(r.server_failures)::bigint, sum(r.app_failures)::bigint, sum(r.over_60s)::bigint, sum(r.conflicted)::bigint,
        sum(r.conflicts_lww)::bigint, sum(r.conflicts_crdt)::bigint, sum(r.conflicts_merge)::bigint, sum(r.conflicts_ot)::bigint,
        sum(r.conflicts_manual)::bigint, sum(r.conflicts_unresolved)::bigint, sum(r.conflicts_unknown)::bigint, sum(r.discarded)::bigint,
        sum(r.pushed)::bigint, sum(r.pulled)::bigint, sum(r.bytes_up)::bigint, sum(r.bytes_down)::bigint,
        string_agg(r.success_sketch, ''::bytea), string_agg(r.other_sketch, ''::bytea)
    from (
        select * from synchealth.fine_counts(app_name, lo, hi, step, zone, source, dimensions, filters)
        union all
        select * from synchealth.event_counts(app_name, lo, piece.hour_lo, step, zone, 'event', dimensions, filters) where lo < piece.hour_lo
        union all
        select * from synchealth.event_counts(app_name, piece.hour_hi, hi, step, zone, 'event', dimensions, filters) where piece.hour_hi < hi) r
    group by 1, 2;
end
$$;

-- The counts behind every vital sign: lo, hi and source come from counted_range.
create or replace function synchealth.vital_counts(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, clock text, source text, dimensions text[], filters text[])
returns setof synchealth.vital_count
language plpgsql stable as $$
begin
    perform synchealth.refuse_unknown_dimensions(dimensions, filters);
    if source = 'event' then
        return query select * from synchealth.event_counts(app_name, lo, hi, step, zone, clock, dimensions, filters);
    elsif source like 'fine\_%' then
        return query select * from synchealth.fine_range_counts(app_name, lo, hi, step, zone, source, dimensions, filters);
    elsif clock = 'arrival' then
        return query select * from synchealth.arrival_counts(app_name, lo, hi, step, zone, dimensions, filters);
    else
        return query select * from synchealth.core_counts(app_name, lo, hi, step, zone, source, dimensions, filters);
    end if;
end
$$;

---------------------------------------------------------------------------------------------------------- errors and conflicts
-- Attempts that did not succeed by group, point and error; kind and code are '' where none was reported. lo, hi and source come from side_range.
create function synchealth.error_counts(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, clock text, source text, dimensions text[], filters text[])
returns table (group_key text[], at timestamptz, kind text, code text, attempts bigint)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' as $$
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
    counted as (
        select g.group_key, synchealth.point_of(r.bucket_at, step, zone, lo) as at, r.error_id, sum(r.attempts) as attempts
        from synchealth.error_row r join core g using (core_id)
        where (r.grain = 3 and r.bucket_at >= day_lo and r.bucket_at < day_hi)
           or (r.grain = 2 and (r.bucket_at >= hour_lo and r.bucket_at < day_lo or r.bucket_at >= day_hi and r.bucket_at < hour_hi))
           or (r.grain = 0 and r.bucket_at >= hour_lo and r.bucket_at < hour_hi)
        group by 1, 2, 3
        union all
        select synchealth.join_keys(s.group_key, p.group_key, n.group_key),
            synchealth.point_of(case clock when 'arrival' then e.received_at else e.event_at end, step, zone, lo), n.error_id, count(*)
        from (select * from synchealth.events_on(clock, lo, hour_lo) union all select * from synchealth.events_on(clock, hour_hi, hi)) e
        join seg s using (segment_id)
        join prof p using (profile_id)
        join ending n on n.outcome = e.outcome and n.error_id = coalesce(e.error_id, 0)
        group by 1, 2, 3)
    select c.group_key, c.at, coalesce(x.kind, ''), coalesce(x.code, ''), sum(c.attempts)::bigint
    from counted c left join synchealth.error x using (error_id)
    group by 1, 2, 3, 4;
end
$$;

-- How conflicts went, by group and point: conflicts and discarded edits per entity type, kind, strategy and winner. What conflicts[] lacked of
-- conflictCount has the entity '' and is unknown otherwise.
create function synchealth.conflict_mix(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, clock text, source text, dimensions text[], filters text[])
returns table (group_key text[], at timestamptz, entity text, kind text, strategy text, winner text, conflicts bigint, discarded bigint)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' as $$
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
    counted as (
        select g.group_key, synchealth.point_of(r.bucket_at, step, zone, lo) as at, k.entity, k.kind, k.strategy, k.winner,
            sum(r.conflicts) as conflicts, sum(r.discarded) as discarded
        from synchealth.conflict_row r join core g using (core_id) join synchealth.conflict_class k using (conflict_id)
        where (r.grain = 3 and r.bucket_at >= day_lo and r.bucket_at < day_hi)
           or (r.grain = 2 and (r.bucket_at >= hour_lo and r.bucket_at < day_lo or r.bucket_at >= day_hi and r.bucket_at < hour_hi))
           or (r.grain = 0 and r.bucket_at >= hour_lo and r.bucket_at < hour_hi)
        group by 1, 2, 3, 4, 5, 6
        union all
        select synchealth.join_keys(s.group_key, p.group_key, n.group_key),
            synchealth.point_of(case clock when 'arrival' then e.received_at else e.event_at end, step, zone, lo),
            synchealth.known_or_other(app, 'conflict_entity', l.entity), l.kind, l.strategy, l.winner, sum(l.conflicts), sum(l.discarded)
        from (select * from synchealth.events_on(clock, lo, hour_lo) union all select * from synchealth.events_on(clock, hour_hi, hi)) e
        join seg s using (segment_id)
        join prof p using (profile_id)
        join ending n on n.outcome = e.outcome and n.error_id = coalesce(e.error_id, 0)
        cross join lateral synchealth.conflict_lines(e.conflict_count, e.conflicts) l
        where e.conflict_count > 0 or e.conflicts is not null
        group by 1, 2, 3, 4, 5, 6)
    select c.group_key, c.at, c.entity, c.kind, c.strategy, c.winner, sum(c.conflicts)::bigint, sum(c.discarded)::bigint
    from counted c
    group by 1, 2, 3, 4, 5, 6;
end
$$;

---------------------------------------------------------------------------------------------------------- for people
-- As before, also from fine rows: select * from synchealth.vitals('notes', now() - interval '1 day', now(), '1 hour', '{app_version}').
create function synchealth.vitals(
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
        synchealth.sketch_percentile(d.sketch, 0.5), synchealth.sketch_percentile(d.sketch, 0.9), synchealth.sketch_percentile(d.sketch, 0.99), c.over_60s,
        x.conflicts, 100.0 * x.conflicts / nullif(c.attempts, 0), 100.0 * c.conflicted / nullif(c.attempts, 0),
        c.conflicts_lww, c.conflicts_crdt, c.conflicts_merge, c.conflicts_ot, c.conflicts_manual, c.conflicts_unresolved, c.conflicts_unknown, c.discarded,
        c.partials, c.cancelled, c.offline_failures, c.server_failures, c.app_failures, r.source
    from synchealth.counted_range(app_name, from_at, to_at, step, zone, clock, dimensions, filters, now_at) r
    cross join lateral synchealth.vital_counts(app_name, r.lo, r.hi, step, zone, clock, r.source, dimensions, filters) c
    cross join lateral (select c.success_sketch || c.other_sketch as sketch) d
    cross join lateral (select c.conflicts_lww + c.conflicts_crdt + c.conflicts_merge + c.conflicts_ot + c.conflicts_manual
        + c.conflicts_unresolved + c.conflicts_unknown as conflicts) x
    order by c.group_key, c.at
$$;

-- What went wrong: select * from synchealth.errors('notes', now() - interval '1 day', now(), dimensions => '{app_version}').
create function synchealth.errors(
    app_name text, from_at timestamptz, to_at timestamptz, step interval default null, dimensions text[] default '{}', filters text[] default '{}',
    clock text default 'event', zone text default 'UTC', now_at timestamptz default now())
returns table (at timestamptz, group_key text[], kind text, code text, attempts bigint)
language sql stable as $$
    select c.at, c.group_key, c.kind, c.code, c.attempts
    from synchealth.side_range(from_at, to_at, step, zone, clock, dimensions, filters, now_at) r
    cross join lateral synchealth.error_counts(app_name, r.lo, r.hi, step, zone, clock, r.source, dimensions, filters) c
    order by c.group_key, c.at, c.attempts desc, c.kind, c.code
$$;

-- How conflicts went: select * from synchealth.conflicts('notes', now() - interval '1 day', now()).
create function synchealth.conflicts(
    app_name text, from_at timestamptz, to_at timestamptz, step interval default null, dimensions text[] default '{}', filters text[] default '{}',
    clock text default 'event', zone text default 'UTC', now_at timestamptz default now())
returns table (at timestamptz, group_key text[], entity text, kind text, strategy text, winner text, conflicts bigint, discarded bigint)
language sql stable as $$
    select c.at, c.group_key, c.entity, c.kind, c.strategy, c.winner, c.conflicts, c.discarded
    from synchealth.side_range(from_at, to_at, step, zone, clock, dimensions, filters, now_at) r
    cross join lateral synchealth.conflict_mix(app_name, r.lo, r.hi, step, zone, clock, r.source, dimensions, filters) c
    order by c.group_key, c.at, c.conflicts desc, c.entity, c.kind, c.strategy, c.winner
$$;
