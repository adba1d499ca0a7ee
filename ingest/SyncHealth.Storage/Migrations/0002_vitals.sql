-- The read side: sketches, the composition of a range, vital signs, the fleet now and in the past, and two views for people.
-- Dashboard, API, /metrics, command line, Grafana and psql read these functions: a definition stands once.
-- "now" is always a parameter (now_at); only the two views for people, which cannot have one, use now(), and only to choose a grain.

---------------------------------------------------------------------------------------------------------- sketches
-- A sketch is a row of (bucket uint16, count uint32) pairs, big-endian. Joining two encodings merges them: || and string_agg.
-- Bucket i covers (1.02^(i-1), 1.02^i], bucket 0 everything up to 1; see Vitals/DurationSketch.cs, its twin.

-- Not strict: the planner inlines it only so, and a null stays null all the same.
create function synchealth.sketch_bucket(value double precision) returns integer
language sql immutable parallel safe
return case when value <= 1 then 0 else ceil(ln(value) / ln(1.02::double precision))::integer end;

create function synchealth.sketch_pair(bucket integer, count bigint) returns bytea
language sql immutable strict parallel safe
return substring(int4send(bucket) from 3) || substring(int8send(count) from 5);

create function synchealth.sketch_value(bucket integer) returns double precision
language sql immutable strict parallel safe
return 2 * power(1.02::double precision, bucket) / 2.02;

-- Buckets ascending, each once.
create function synchealth.sketch_buckets(sketch bytea) returns table (bucket integer, count bigint)
language sql immutable strict parallel safe as $$
    select get_byte(sketch, i) * 256 + get_byte(sketch, i + 1),
           sum(((get_byte(sketch, i + 2)::bigint * 256 + get_byte(sketch, i + 3)) * 256 + get_byte(sketch, i + 4)) * 256 + get_byte(sketch, i + 5))::bigint
    from generate_series(0, length(sketch) - 6, 6) i
    group by 1
    order by 1
$$;

-- Nearest rank, ceil(q * n); null for an empty sketch. q is numeric, so that 0.07 * 100 is 7 and not a little more.
create function synchealth.sketch_percentile(sketch bytea, q numeric) returns double precision
language sql immutable strict parallel safe as $$
    select synchealth.sketch_value(b.bucket)
    from (select bucket, sum(count) over (order by bucket) as up_to, sum(count) over () as total
          from synchealth.sketch_buckets(sketch)) b
    where b.up_to >= greatest(ceil(q * b.total), 1)
    order by b.bucket
    limit 1
$$;

---------------------------------------------------------------------------------------------------------- time
-- date_bin and not date_trunc: the session's time zone must not move an hour.
create function synchealth.floor_to(step interval, at timestamptz) returns timestamptz
language sql immutable strict parallel safe
return date_bin(step, at, timestamptz '1970-01-01T00:00:00Z');

create function synchealth.ceil_to(step interval, at timestamptz) returns timestamptz
language sql immutable strict parallel safe
return date_bin(step, at + step - interval '1 microsecond', timestamptz '1970-01-01T00:00:00Z');

-- The point that a moment belongs to: multiples of the step from the epoch; days begin in the zone. No step: one point.
create function synchealth.point_of(at timestamptz, step interval, zone text, range_from timestamptz) returns timestamptz
language sql stable parallel safe
return case
    when step is null then range_from
    when zone <> 'UTC' and step = interval '1 day' then date_trunc('day', at, zone)
    else date_bin(step, at, timestamptz '1970-01-01T00:00:00Z')
end;

-- Whether every day between the two moments begins at a whole hour of UTC in this zone.
create function synchealth.has_whole_hours(zone text, from_at timestamptz, to_at timestamptz) returns boolean
language sql stable parallel safe
return (select bool_and(extract(minute from day at time zone zone) = extract(minute from day at time zone 'UTC'))
        from generate_series(from_at, to_at + interval '1 day', interval '1 day') day);

-- The bounds that are really counted, and the widest table that can answer: day, hour, minute, or raw events.
-- Minutes are kept 48 hours, raw events 30 days; beyond, bounds move to the hour or to the oldest complete day.
create function synchealth.counted_range(
    from_at timestamptz, to_at timestamptz, step interval, zone text, needs_events boolean, now_at timestamptz,
    out lo timestamptz, out hi timestamptz, out source text)
language plpgsql stable as $$
declare
    minutes_from constant timestamptz := synchealth.ceil_to('1 hour', now_at - interval '48 hours');
    seconds constant bigint := extract(epoch from step);
begin
    lo := synchealth.floor_to('1 minute', from_at);
    hi := greatest(synchealth.ceil_to('1 minute', to_at), lo);
    source := case
        when needs_events then 'event'
        when step is null then 'day'
        when zone <> 'UTC' and seconds = 86400 then
            case when synchealth.has_whole_hours(zone, lo, hi) then 'hour' else 'minute' end
        when seconds % 86400 = 0 then 'day'
        when seconds % 3600 = 0 then 'hour'
        else 'minute'
    end;
    if source = 'minute' and lo < minutes_from then
        source := 'event';
    end if;
    if source = 'event' then
        lo := greatest(lo, synchealth.ceil_to('1 day', now_at - interval '30 days'));
        hi := greatest(lo, hi);
    elsif lo < minutes_from then
        lo := synchealth.floor_to('1 hour', lo);
        hi := case when hi < minutes_from then synchealth.ceil_to('1 hour', hi) else hi end;
    end if;
end
$$;

---------------------------------------------------------------------------------------------------------- dimensions
-- Filters are 'dimension:value' ('tag:NAME:value'): one dimension twice means either, different dimensions mean both.
-- Each dictionary answers for the dimensions it holds; names it does not hold are another dictionary's business.
-- passing and picked return rows so that the planner can inline them: as scalar functions they would cost 20 µs a call.
create function synchealth.passing(filters text[], held jsonb) returns table (passes boolean)
language sql immutable parallel safe as $$
    select true
    where not exists (
        select
        from (select substring(f from '^((?:tag:)?[^:]+):') as name, f from unnest(filters) f) x
        where held ? name or (name like 'tag:%' and held ? 'device_model')
        group by name
        having not bool_or(coalesce(held ->> name, '') = substr(f, length(name) + 2)))
$$;

-- The values of the asked dimensions in their order; null where this dictionary does not hold one, '' for a tag a device lacks.
create function synchealth.picked(dimensions text[], held jsonb) returns table (group_key text[])
language sql immutable parallel safe as $$
    select array(select case when d like 'tag:%' and held ? 'device_model' then coalesce(held ->> d, '') else held ->> d end
                 from unnest(dimensions) with ordinality x(d, n) order by n)
$$;

-- One key from the parts that three dictionaries hold.
create function synchealth.join_keys(a text[], b text[], c text[]) returns text[]
language sql immutable parallel safe
return array(select coalesce(a[n], b[n], c[n]) from generate_subscripts(a, 1) n order by n);

-- Core segments of an app that pass the filters, with the key of the group each belongs to.
create function synchealth.core_groups(app_name text, dimensions text[], filters text[])
returns table (core_id integer, group_key text[])
language sql stable as $$
    select c.core_id, k.group_key
    from synchealth.core_segment c
    join synchealth.app a using (app_id)
    cross join lateral (select jsonb_build_object(
        'app_version', c.app_version, 'os', c.os, 'network', c.network, 'environment', c.environment) as held) h
    cross join lateral synchealth.passing(filters, h.held)
    cross join lateral synchealth.picked(dimensions, h.held) k
    where a.name = app_name
$$;

-- The same at fine grain; a dimension that a segment does not hold is null in the key.
create function synchealth.segment_groups(app_name text, dimensions text[], filters text[])
returns table (segment_id integer, group_key text[])
language sql stable as $$
    select f.segment_id, k.group_key
    from synchealth.segment f
    join synchealth.core_segment c using (core_id)
    join synchealth.app a using (app_id)
    cross join lateral (select jsonb_build_object(
        'app_version', c.app_version, 'os', c.os, 'network', c.network, 'environment', c.environment,
        'os_version', f.os_version, 'type', f.type, 'trigger', f.trigger) as held) h
    cross join lateral synchealth.passing(filters, h.held)
    cross join lateral synchealth.picked(dimensions, h.held) k
    where a.name = app_name
$$;

create function synchealth.profile_groups(dimensions text[], filters text[])
returns table (profile_id integer, group_key text[])
language sql stable as $$
    select p.profile_id, k.group_key
    from synchealth.device_profile p
    cross join lateral (select jsonb_build_object('device_model', p.device_model)
        || coalesce((select jsonb_object_agg('tag:' || t.key, t.value) from jsonb_each_text(p.tags) t), '{}') as held) h
    cross join lateral synchealth.passing(filters, h.held)
    cross join lateral synchealth.picked(dimensions, h.held) k
$$;

-- What an event itself says: its outcome and the kind of its error. error_id 0 stands for none.
create function synchealth.ending_groups(dimensions text[], filters text[])
returns table (outcome smallint, error_id integer, blame text, group_key text[])
language sql stable as $$
    select o.outcome, x.error_id,
        case when o.outcome in (1, 2) then 'nobody'
             when o.outcome = 4 then 'app'
             when x.kind = 'offline' then 'offline'
             when x.kind in ('timeout', 'server', 'auth', 'denied') then 'server'
             else 'app' end,
        k.group_key
    from synchealth.outcome o
    cross join (select 0 as error_id, '' as kind union all select e.error_id, e.kind from synchealth.error e) x
    cross join lateral (select jsonb_build_object('outcome', o.name, 'error_kind', x.kind) as held) h
    cross join lateral synchealth.passing(filters, h.held)
    cross join lateral synchealth.picked(dimensions, h.held) k
    where o.outcome > 0
$$;

create function synchealth.is_core(dimensions text[], filters text[]) returns boolean
language sql immutable parallel safe
return not exists (
    select from unnest(dimensions || array(select substring(f from '^((?:tag:)?[^:]+):') from unnest(filters) f)) d
    where d not in ('app_version', 'os', 'network', 'environment'));

create function synchealth.refuse_unknown_dimensions(dimensions text[], filters text[]) returns void
language plpgsql immutable as $$
declare
    unknown text;
begin
    select d into unknown
    from unnest(dimensions || array(select coalesce(substring(f from '^((?:tag:)?[^:]+):'), f) from unnest(filters) f)) d
    where d not in ('app_version', 'os', 'network', 'environment', 'os_version', 'type', 'trigger', 'device_model', 'outcome', 'error_kind')
      and d not like 'tag:_%'
    limit 1;
    if found then
        raise exception 'unknown dimension "%"', unknown using
            errcode = 'invalid_parameter_value',
            hint = 'Use app_version, os, os_version, network, type, trigger, device_model, environment, outcome, error_kind or tag:NAME; a filter is dimension:value.';
    end if;
end
$$;

---------------------------------------------------------------------------------------------------------- rows to count
-- Every folded and unfolded row of the event clock, by grain: 3 days, 2 hours, 1 minutes, 0 not folded yet.
-- One statement over this view sees one snapshot, so a row that the fold moves meanwhile is counted once.
create view synchealth.core_row as
    select 3 as grain, bucket_at, core_id, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted,
           conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown, discarded,
           pushed, pulled, bytes_up, bytes_down, success_sketch, other_sketch
    from synchealth.rollup_day
    union all
    select 2, bucket_at, core_id, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted,
           conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown, discarded,
           pushed, pulled, bytes_up, bytes_down, success_sketch, other_sketch
    from synchealth.rollup_hour
    union all
    select 1, bucket_at, core_id, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted,
           conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown, discarded,
           pushed, pulled, bytes_up, bytes_down, success_sketch, other_sketch
    from synchealth.rollup_minute
    union all
    select 0, bucket_at, core_id, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted,
           conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown, discarded,
           pushed, pulled, bytes_up, bytes_down, success_sketch, other_sketch
    from synchealth.core_increment;

-- The same for the arrival clock.
create view synchealth.arrival_row as
    select arrival_at, lag_class, core_id, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted,
           conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown, discarded,
           pushed, pulled, bytes_up, bytes_down, success_sketch, other_sketch
    from synchealth.rollup_arrival
    union all
    select arrival_at, lag_class, core_id, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted,
           conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown, discarded,
           pushed, pulled, bytes_up, bytes_down, success_sketch, other_sketch
    from synchealth.core_increment;

-- Raw events lie in partitions by the device's own day and in order of arrival. Those that are late or corrected are found by
-- this index, all others by their arrival (BRIN): a window of minutes never reads a day.
create index event_stray on synchealth.event (event_at)
    where event_at <> device_at or received_at - event_at > interval '15 minutes';

create function synchealth.events_on(clock text, lo timestamptz, hi timestamptz) returns setof synchealth.event
language sql stable as $$
    select * from synchealth.event
    where clock = 'event' and device_at >= lo and device_at < hi and event_at = device_at
      and received_at - event_at <= interval '15 minutes'
      and received_at >= lo - interval '1 hour' and received_at <= hi + interval '15 minutes'
    union all
    select * from synchealth.event
    where clock = 'event' and event_at >= lo and event_at < hi
      and (event_at <> device_at or received_at - event_at > interval '15 minutes')
    union all
    select * from synchealth.event
    where clock = 'arrival' and received_at >= lo and received_at < hi
$$;

---------------------------------------------------------------------------------------------------------- counts
create type synchealth.vital_count as (
    group_key text[], at timestamptz,
    attempts bigint, successes bigint, partials bigint, cancelled bigint, first_try bigint,
    offline_failures bigint, server_failures bigint, app_failures bigint, over_60s bigint, conflicted bigint,
    conflicts_lww bigint, conflicts_crdt bigint, conflicts_merge bigint, conflicts_ot bigint, conflicts_manual bigint,
    conflicts_unresolved bigint, conflicts_unknown bigint, discarded bigint,
    pushed bigint, pulled bigint, bytes_up bigint, bytes_down bigint,
    success_sketch bytea, other_sketch bytea);

-- Event clock, core grain: whole days, the hours at their edges, the minutes at theirs, and what is not folded yet.
create function synchealth.core_counts(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, source text, dimensions text[], filters text[])
returns setof synchealth.vital_count
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off as $$
declare
    hour_lo constant timestamptz := case when source = 'minute' then hi else least(synchealth.ceil_to('1 hour', lo), hi) end;
    hour_hi constant timestamptz := greatest(synchealth.floor_to('1 hour', hi), hour_lo);
    day_lo constant timestamptz := case when source = 'day' then least(synchealth.ceil_to('1 day', hour_lo), hour_hi) else hour_hi end;
    day_hi constant timestamptz := greatest(synchealth.floor_to('1 day', hour_hi), day_lo);
begin
    return query
    select g.group_key, synchealth.point_of(r.bucket_at, step, zone, lo),
        sum(r.attempts), sum(r.successes), sum(r.partials), sum(r.cancelled), sum(r.first_try),
        sum(r.offline_failures), sum(r.server_failures), sum(r.app_failures), sum(r.over_60s), sum(r.conflicted),
        sum(r.conflicts_lww)::bigint, sum(r.conflicts_crdt)::bigint, sum(r.conflicts_merge)::bigint, sum(r.conflicts_ot)::bigint, sum(r.conflicts_manual)::bigint,
        sum(r.conflicts_unresolved)::bigint, sum(r.conflicts_unknown)::bigint, sum(r.discarded)::bigint,
        sum(r.pushed)::bigint, sum(r.pulled)::bigint, sum(r.bytes_up)::bigint, sum(r.bytes_down)::bigint,
        string_agg(r.success_sketch, ''::bytea), string_agg(r.other_sketch, ''::bytea)
    from synchealth.core_row r
    join synchealth.core_groups(app_name, dimensions, filters) g using (core_id)
    where (r.grain = 3 and r.bucket_at >= day_lo and r.bucket_at < day_hi)
       or (r.grain = 2 and (r.bucket_at >= hour_lo and r.bucket_at < day_lo or r.bucket_at >= day_hi and r.bucket_at < hour_hi))
       or (r.grain = 1 and (r.bucket_at >= lo and r.bucket_at < hour_lo or r.bucket_at >= hour_hi and r.bucket_at < hi))
       or (r.grain = 0 and r.bucket_at >= lo and r.bucket_at < hi)
    group by 1, 2;
end
$$;

-- Arrival clock, core grain.
create function synchealth.arrival_counts(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, dimensions text[], filters text[])
returns setof synchealth.vital_count
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off as $$
begin
    return query
    select g.group_key, synchealth.point_of(r.arrival_at, step, zone, lo),
        sum(r.attempts), sum(r.successes), sum(r.partials), sum(r.cancelled), sum(r.first_try),
        sum(r.offline_failures), sum(r.server_failures), sum(r.app_failures), sum(r.over_60s), sum(r.conflicted),
        sum(r.conflicts_lww)::bigint, sum(r.conflicts_crdt)::bigint, sum(r.conflicts_merge)::bigint, sum(r.conflicts_ot)::bigint, sum(r.conflicts_manual)::bigint,
        sum(r.conflicts_unresolved)::bigint, sum(r.conflicts_unknown)::bigint, sum(r.discarded)::bigint,
        sum(r.pushed)::bigint, sum(r.pulled)::bigint, sum(r.bytes_up)::bigint, sum(r.bytes_down)::bigint,
        string_agg(r.success_sketch, ''::bytea), string_agg(r.other_sketch, ''::bytea)
    from synchealth.arrival_row r
    join synchealth.core_groups(app_name, dimensions, filters) g using (core_id)
    where r.arrival_at >= lo and r.arrival_at < hi
    group by 1, 2;
end
$$;

-- Any dimension, from raw events: the definitions of one attempt, in the columns of the rollups. As in Writes/CoreIncrement.cs,
-- conflict_count is the number (entries beyond it do not count, what they lack is unknown) and an amount is 1 TiB at most.
create function synchealth.event_counts(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, clock text, dimensions text[], filters text[])
returns setof synchealth.vital_count
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' as $$
begin
    return query
    with seg as materialized (
        select *, dense_rank() over (order by g.group_key) as no from synchealth.segment_groups(app_name, dimensions, filters) g),
    prof as materialized (
        select *, dense_rank() over (order by g.group_key) as no from synchealth.profile_groups(dimensions, filters) g),
    fact as materialized (
        select seg.no as seg_no, prof.no as prof_no, e.outcome, coalesce(e.error_id, 0) as error_id,
            synchealth.point_of(case clock when 'arrival' then e.received_at else e.event_at end, step, zone, lo) as at,
            synchealth.sketch_bucket(e.duration_ms) as bucket,
            count(*) as attempts,
            count(*) filter (where e.retries = 0) as first_try,
            count(*) filter (where e.duration_ms > 60000) as over_60s,
            count(*) filter (where e.conflict_count > 0) as conflicted,
            coalesce(sum(c.lww), 0) as lww, coalesce(sum(c.crdt), 0) as crdt, coalesce(sum(c.merge), 0) as merge, coalesce(sum(c.ot), 0) as ot,
            coalesce(sum(c.manual), 0) as manual, coalesce(sum(c.unresolved), 0) as unresolved,
            sum(e.conflict_count - coalesce(c.known, 0)) as unknown, coalesce(sum(c.discarded), 0) as discarded,
            sum(e.pushed) as pushed, sum(e.pulled) as pulled, sum(least(e.bytes_up, 1::bigint << 40)) as bytes_up, sum(least(e.bytes_down, 1::bigint << 40)) as bytes_down
        from synchealth.events_on(clock, lo, hi) e
        join seg using (segment_id)
        join prof using (profile_id)
        left join lateral (
            select sum(x.counted) filter (where x.strategy = 'lww') as lww, sum(x.counted) filter (where x.strategy = 'crdt') as crdt,
                   sum(x.counted) filter (where x.strategy = 'merge') as merge, sum(x.counted) filter (where x.strategy = 'ot') as ot,
                   sum(x.counted) filter (where x.strategy = 'manual') as manual, sum(x.counted) filter (where x.strategy = 'unresolved') as unresolved,
                   sum(x.counted) filter (where x.strategy <> 'unknown') as known, sum(x.discarded) as discarded
            from (select l.strategy, l.discarded,
                      least(sum(greatest(l.count, 0)) over w, e.conflict_count)
                      - least(sum(greatest(l.count, 0)) over w - greatest(l.count, 0), e.conflict_count) as counted
                  from rows from (jsonb_to_recordset(e.conflicts) as (strategy text, count bigint, discarded bigint))
                      with ordinality l(strategy, count, discarded, line)
                  window w as (order by l.line)) x) c on e.conflicts is not null
        where e.outcome > 0
        group by 1, 2, 3, 4, 5, 6),
    combo as materialized (
        select f.*, g.blame, synchealth.join_keys(s.group_key, p.group_key, g.group_key) as group_key
        from (select distinct x.seg_no, x.prof_no, x.outcome, x.error_id from fact x) f
        join (select distinct x.no, x.group_key from seg x) s on s.no = f.seg_no
        join (select distinct x.no, x.group_key from prof x) p on p.no = f.prof_no
        join synchealth.ending_groups(dimensions, filters) g using (outcome, error_id))
    select c.group_key, f.at,
        sum(f.attempts)::bigint, coalesce(sum(f.attempts) filter (where c.blame = 'nobody'), 0)::bigint,
        coalesce(sum(f.attempts) filter (where f.outcome = 2), 0)::bigint, coalesce(sum(f.attempts) filter (where f.outcome = 4), 0)::bigint,
        coalesce(sum(f.first_try) filter (where c.blame = 'nobody'), 0)::bigint,
        coalesce(sum(f.attempts) filter (where c.blame = 'offline'), 0)::bigint, coalesce(sum(f.attempts) filter (where c.blame = 'server'), 0)::bigint,
        coalesce(sum(f.attempts) filter (where c.blame = 'app'), 0)::bigint,
        sum(f.over_60s)::bigint, sum(f.conflicted)::bigint,
        sum(f.lww)::bigint, sum(f.crdt)::bigint, sum(f.merge)::bigint, sum(f.ot)::bigint, sum(f.manual)::bigint, sum(f.unresolved)::bigint,
        sum(f.unknown)::bigint, sum(f.discarded)::bigint,
        sum(f.pushed)::bigint, sum(f.pulled)::bigint, sum(f.bytes_up)::bigint, sum(f.bytes_down)::bigint,
        coalesce(string_agg(synchealth.sketch_pair(f.bucket, f.attempts), ''::bytea) filter (where c.blame = 'nobody'), ''),
        coalesce(string_agg(synchealth.sketch_pair(f.bucket, f.attempts), ''::bytea) filter (where c.blame <> 'nobody'), '')
    from fact f join combo c using (seg_no, prof_no, outcome, error_id)
    group by 1, 2;
end
$$;

-- The counts behind every vital sign: lo, hi and source come from counted_range.
create function synchealth.vital_counts(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, clock text, source text, dimensions text[], filters text[])
returns setof synchealth.vital_count
language plpgsql stable as $$
begin
    perform synchealth.refuse_unknown_dimensions(dimensions, filters);
    if source = 'event' then
        return query select * from synchealth.event_counts(app_name, lo, hi, step, zone, clock, dimensions, filters);
    elsif clock = 'arrival' then
        return query select * from synchealth.arrival_counts(app_name, lo, hi, step, zone, dimensions, filters);
    else
        return query select * from synchealth.core_counts(app_name, lo, hi, step, zone, source, dimensions, filters);
    end if;
end
$$;

-- Distinct devices with at least one attempt per group and point: whole hours from device_hour, their edges from raw events.
create function synchealth.core_device_counts(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, clock text, source text, dimensions text[], filters text[])
returns table (group_key text[], at timestamptz, devices bigint)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' as $$
declare
    by_hour constant boolean := clock = 'event' and source in ('day', 'hour');
    hour_lo constant timestamptz := case when by_hour then least(synchealth.ceil_to('1 hour', lo), hi) else hi end;
    hour_hi constant timestamptz := greatest(synchealth.floor_to('1 hour', hi), hour_lo);
begin
    return query
    with core as materialized (
        select *, dense_rank() over (order by g.group_key) as no from synchealth.core_groups(app_name, dimensions, filters) g),
    seg as materialized (
        select f.segment_id, c.no from core c join synchealth.segment f using (core_id)),
    seen as (
        select c.no, synchealth.point_of(h.hour_at, step, zone, lo) as at, h.device_key
        from synchealth.device_hour h join core c using (core_id)
        where h.hour_at >= hour_lo and h.hour_at < hour_hi
        union
        select c.no, synchealth.point_of(i.event_at, step, zone, lo), i.device_key
        from synchealth.device_increment i join core c using (core_id)
        where i.is_attempt and i.event_at >= hour_lo and i.event_at < hour_hi
        union
        select s.no, synchealth.point_of(case clock when 'arrival' then e.received_at else e.event_at end, step, zone, lo), e.device_key
        from (select * from synchealth.events_on(clock, lo, hour_lo) union all select * from synchealth.events_on(clock, hour_hi, hi)) e
        join seg s using (segment_id)
        where e.has_device and e.outcome > 0),
    counted as (select s.no, s.at, count(*) as devices from seen s group by 1, 2)
    select k.group_key, c.at, c.devices
    from counted c join (select distinct x.no, x.group_key from core x) k using (no);
end
$$;

-- The same by any dimension, from raw events.
create function synchealth.event_device_counts(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, clock text, dimensions text[], filters text[])
returns table (group_key text[], at timestamptz, devices bigint)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' as $$
begin
    return query
    with seg as materialized (
        select *, dense_rank() over (order by g.group_key) as no from synchealth.segment_groups(app_name, dimensions, filters) g),
    prof as materialized (
        select *, dense_rank() over (order by g.group_key) as no from synchealth.profile_groups(dimensions, filters) g),
    ending as materialized (
        select *, dense_rank() over (order by g.group_key) as no from synchealth.ending_groups(dimensions, filters) g),
    seen as (
        select distinct s.no as seg_no, p.no as prof_no, n.no as ending_no,
            synchealth.point_of(case clock when 'arrival' then e.received_at else e.event_at end, step, zone, lo) as at, e.device_key
        from synchealth.events_on(clock, lo, hi) e
        join seg s using (segment_id)
        join prof p using (profile_id)
        join ending n on n.outcome = e.outcome and n.error_id = coalesce(e.error_id, 0)
        where e.has_device),
    counted as (select s.seg_no, s.prof_no, s.ending_no, s.at, count(*) as devices from seen s group by 1, 2, 3, 4)
    select synchealth.join_keys(s.group_key, p.group_key, n.group_key), c.at, c.devices
    from counted c
    join (select distinct x.no, x.group_key from seg x) s on s.no = c.seg_no
    join (select distinct x.no, x.group_key from prof x) p on p.no = c.prof_no
    join (select distinct x.no, x.group_key from ending x) n on n.no = c.ending_no;
end
$$;

create function synchealth.device_counts(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, clock text, source text, dimensions text[], filters text[])
returns table (group_key text[], at timestamptz, devices bigint)
language plpgsql stable as $$
begin
    perform synchealth.refuse_unknown_dimensions(dimensions, filters);
    if synchealth.is_core(dimensions, filters) then
        return query select * from synchealth.core_device_counts(app_name, lo, hi, step, zone, clock, source, dimensions, filters);
    else
        return query select * from synchealth.event_device_counts(app_name, lo, hi, step, zone, clock, dimensions, filters);
    end if;
end
$$;

---------------------------------------------------------------------------------------------------------- the fleet
-- One row per known device of an app, unfolded reports included. Ties break by (time, seq, hash), so arrival order changes nothing.
create function synchealth.device_now(app integer)
returns table (device_key bigint, core_id integer, segment_id integer, profile_id integer, first_seen_at timestamptz, last_seen_at timestamptz,
    last_success_at timestamptz, oldest_pending_at timestamptz, queue_depth integer)
language sql stable as $$
    with fresh as materialized (
        select i.*, coalesce(i.seq, -1) as seq_or_none
        from synchealth.device_increment i join synchealth.core_segment c using (core_id)
        where c.app_id = app),
    latest as materialized (
        select distinct on (f.device_key) f.*,
            min(f.first_event_at) over (partition by f.device_key) as first_at,
            max(f.last_success_at) over (partition by f.device_key) as success_at
        from fresh f
        order by f.device_key, f.event_at desc, f.seq_or_none desc, f.event_hash desc),
    merged as (
        select s.device_key, s.segment_id, s.profile_id, s.first_seen_at, s.last_seen_at, s.last_success_at, s.oldest_pending_at, s.queue_depth
        from synchealth.device_state s
        where s.app_id = app and s.device_key not in (select l.device_key from latest l)
        union all
        select l.device_key,
            case when is_newer then l.segment_id else s.segment_id end,
            case when is_newer then l.profile_id else s.profile_id end,
            least(s.first_seen_at, l.first_at), greatest(s.last_seen_at, l.event_at), greatest(s.last_success_at, l.success_at),
            case when is_newer then l.oldest_pending_at else s.oldest_pending_at end,
            case when is_newer then l.queue_depth else s.queue_depth end
        from latest l
        left join synchealth.device_state s using (device_key)
        cross join lateral (select s.device_key is null
            or (l.event_at, l.seq_or_none, l.event_hash) > (s.last_seen_at, s.last_seq, s.last_hash) as is_newer) n)
    select m.device_key, g.core_id, m.segment_id, m.profile_id, m.first_seen_at, m.last_seen_at, m.last_success_at, m.oldest_pending_at, m.queue_depth
    from merged m join synchealth.segment g using (segment_id)
$$;

-- Devices by queue depth, age of the oldest pending write, and age of the last success, at a moment and per core segment:
-- ages are seconds before taken_at, so a row is absolute and any later moment can age it. Depths are exact up to 65535.
create table synchealth.fleet_snapshot (
    taken_at timestamptz not null,
    oldest_pending_at timestamptz,
    queue_sum bigint not null,
    core_id integer not null,
    devices integer not null,                   -- seen in the active window of 7 days
    gone integer not null,                      -- left it
    depths bytea not null,                      -- pairs of (depth, devices)
    pending_ages bytea not null,                -- sketch in seconds; devices with nothing pending are absent
    success_ages bytea not null,                -- sketch in seconds; a device that never synced ages from first seen
    constraint fleet_snapshot_pkey primary key (taken_at, core_id)
);

create type synchealth.fleet_count as (
    group_key text[], devices bigint, gone bigint, queue_sum bigint, oldest_pending_at timestamptz,
    depths bytea, pending_ages bytea, success_ages bytea);

-- The fleet of an app at this moment, from device state; any dimension that a device has.
create function synchealth.fleet_now(app_name text, now_at timestamptz, dimensions text[], filters text[])
returns setof synchealth.fleet_count
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' as $$
declare
    core_only constant boolean := synchealth.is_core(dimensions, filters);
    app constant integer := (select a.app_id from synchealth.app a where a.name = app_name);
begin
    return query
    with core as materialized (
        select *, dense_rank() over (order by g.group_key) as no from synchealth.core_groups(app_name, dimensions, filters) g where core_only),
    seg as materialized (
        select *, dense_rank() over (order by g.group_key) as no from synchealth.segment_groups(app_name, dimensions, filters) g where not core_only),
    prof as materialized (
        select *, dense_rank() over (order by g.group_key) as no from synchealth.profile_groups(dimensions, filters) g where not core_only),
    device as (
        select c.no as seg_no, 0::bigint as prof_no, d.* from synchealth.device_now(app) d join core c using (core_id) where core_only
        union all
        select s.no, p.no, d.* from synchealth.device_now(app) d join seg s using (segment_id) join prof p using (profile_id) where not core_only),
    aged as (
        select d.seg_no, d.prof_no, d.queue_depth as depth, d.oldest_pending_at, d.last_seen_at > now_at - interval '7 days' as is_active,
            synchealth.sketch_bucket(date_part('epoch', now_at - d.oldest_pending_at)) as pending_age,
            synchealth.sketch_bucket(date_part('epoch', now_at - coalesce(d.last_success_at, d.first_seen_at))) as success_age
        from device d),
    counted as (
        select d.seg_no, d.prof_no, d.depth, d.pending_age, d.success_age,
            grouping(d.depth) = 0 as is_depth, grouping(d.pending_age) = 0 as is_pending, grouping(d.success_age) = 0 as is_success,
            count(*) filter (where d.is_active) as active, count(*) as known,
            min(d.oldest_pending_at) filter (where d.is_active) as oldest_pending_at
        from aged d
        group by grouping sets ((d.seg_no, d.prof_no, d.depth), (d.seg_no, d.prof_no, d.pending_age), (d.seg_no, d.prof_no, d.success_age))),
    totals as (
        select c.seg_no, c.prof_no,
            (sum(c.active) filter (where c.is_depth))::bigint as devices,
            (sum(c.known - c.active) filter (where c.is_depth))::bigint as gone,
            coalesce(sum(c.depth * c.active) filter (where c.is_depth), 0)::bigint as queue_sum,
            min(c.oldest_pending_at) as oldest_pending_at,
            coalesce(string_agg(synchealth.sketch_pair(least(c.depth, 65535), c.active), ''::bytea) filter (where c.is_depth and c.active > 0), '') as depths,
            coalesce(string_agg(synchealth.sketch_pair(c.pending_age, c.active), ''::bytea)
                filter (where c.is_pending and c.pending_age is not null and c.active > 0), '') as pending_ages,
            coalesce(string_agg(synchealth.sketch_pair(c.success_age, c.active), ''::bytea) filter (where c.is_success and c.active > 0), '') as success_ages
        from counted c
        group by 1, 2)
    select coalesce(k.group_key, synchealth.join_keys(s.group_key, p.group_key, p.group_key)),
        t.devices, t.gone, t.queue_sum, t.oldest_pending_at, t.depths, t.pending_ages, t.success_ages
    from totals t
    left join (select distinct x.no, x.group_key from core x) k on k.no = t.seg_no
    left join (select distinct x.no, x.group_key from seg x) s on s.no = t.seg_no
    left join (select distinct x.no, x.group_key from prof x) p on p.no = t.prof_no;
end
$$;

-- The fleet at each moment: now (which stands for any later one) from device state, past moments from the last snapshot of the ten minutes before them.
-- Dimensions beyond core (os_version, device_model, tags) are known for now only.
create function synchealth.fleet_at(app_name text, moments timestamptz[], now_at timestamptz, dimensions text[], filters text[])
returns table (group_key text[], moment timestamptz, taken_at timestamptz, devices bigint, gone bigint, queue_sum bigint,
    oldest_pending_at timestamptz, depths bytea, pending_ages bytea, success_ages bytea)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off as $$
declare
begin
    perform synchealth.refuse_unknown_dimensions(dimensions, filters);
    if synchealth.is_core(dimensions, filters) then
        return query
        with core as materialized (select * from synchealth.core_groups(app_name, dimensions, filters))
        select g.group_key, m.moment, s.taken_at, sum(s.devices), sum(s.gone), sum(s.queue_sum)::bigint, min(s.oldest_pending_at),
            string_agg(s.depths, ''::bytea), string_agg(s.pending_ages, ''::bytea), string_agg(s.success_ages, ''::bytea)
        from unnest(moments) m(moment)
        cross join lateral (
            select max(x.taken_at) as taken_at from synchealth.fleet_snapshot x
            where x.taken_at <= m.moment and x.taken_at > m.moment - interval '10 minutes') t
        join synchealth.fleet_snapshot s on s.taken_at = t.taken_at
        join core g using (core_id)
        where m.moment < now_at
        group by 1, 2, 3;
    end if;
    if now_at <= any (moments) then
        return query
        select f.group_key, now_at, now_at, f.devices, f.gone, f.queue_sum, f.oldest_pending_at, f.depths, f.pending_ages, f.success_ages
        from synchealth.fleet_now(app_name, now_at, dimensions, filters) f;
    end if;
end
$$;

---------------------------------------------------------------------------------------------------------- completeness
-- How late the events of the last seven days were, per app: replaced every five minutes beside the fleet snapshot.
create table synchealth.lag_learned (
    app_id integer not null,
    lag_class smallint not null,                -- as in core_increment
    attempts bigint not null,
    constraint lag_learned_pkey primary key (app_id, lag_class)
);

---------------------------------------------------------------------------------------------------------- for people
-- The vital signs, ready to read: select * from synchealth.vitals('notes', now() - interval '1 day', now(), '1 hour', '{app_version}').
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
    from synchealth.counted_range(from_at, to_at, step, zone, not synchealth.is_core(dimensions, filters), now_at) r
    cross join lateral synchealth.vital_counts(app_name, r.lo, r.hi, step, zone, clock, r.source, dimensions, filters) c
    cross join lateral (select c.success_sketch || c.other_sketch as sketch) d
    cross join lateral (select c.conflicts_lww + c.conflicts_crdt + c.conflicts_merge + c.conflicts_ot + c.conflicts_manual
        + c.conflicts_unresolved + c.conflicts_unknown as conflicts) x
    order by c.group_key, c.at
$$;

-- Queue depth and staleness now: select * from synchealth.fleet('notes', '{os}').
create function synchealth.fleet(
    app_name text, dimensions text[] default '{}', filters text[] default '{}', threshold integer default 1000, now_at timestamptz default now())
returns table (group_key text[], devices bigint, gone bigint, queue_mean double precision, queue_p99 integer, devices_over bigint, share_over double precision,
    oldest_pending_seconds double precision, staleness_p50_seconds double precision, staleness_p90_seconds double precision, staleness_p99_seconds double precision)
language sql stable as $$
    select f.group_key, f.devices, f.gone, f.queue_sum::double precision / nullif(f.devices, 0),
        (select q.bucket from (select bucket, sum(count) over (order by bucket) as up_to from synchealth.sketch_buckets(f.depths)) q
         where q.up_to >= ceil(0.99 * f.devices) order by q.bucket limit 1),
        o.devices_over, 100.0 * o.devices_over / nullif(f.devices, 0),
        date_part('epoch', now_at - f.oldest_pending_at),
        synchealth.sketch_percentile(f.success_ages, 0.5), synchealth.sketch_percentile(f.success_ages, 0.9), synchealth.sketch_percentile(f.success_ages, 0.99)
    from synchealth.fleet_at(app_name, array[now_at], now_at, dimensions, filters) f
    cross join lateral (select coalesce(sum(b.count), 0)::bigint as devices_over from synchealth.sketch_buckets(f.depths) b where b.bucket > threshold) o
    order by 1
$$;

-- Raw attempts (open and reset are none), under the names of the article and of the wire. Kept 30 days.
create view synchealth.sync_events as
    select e.event_at as timestamp, a.name as app, g.type, e.outcome in (1, 2) as success, e.duration_ms, e.conflict_count, e.queued_items,
        c.app_version, c.os, g.os_version, c.network, g.trigger, c.environment, o.name as outcome, x.kind as error_kind, x.code as error_code,
        case when e.has_device then lpad(to_hex(e.device_key), 16, '0') end as device, p.device_model, p.tags,
        e.retries, e.pushed, e.pulled, e.applied, e.rejected, e.bytes_up, e.bytes_down, e.metered, e.last_success_at, e.received_at, e.conflicts, e.details
    from synchealth.event e
    join synchealth.segment g using (segment_id)
    join synchealth.core_segment c using (core_id)
    join synchealth.app a using (app_id)
    join synchealth.outcome o using (outcome)
    join synchealth.device_profile p using (profile_id)
    left join synchealth.error x using (error_id)
    where e.outcome > 0;

-- The vital signs over time per app, version, system and network: minutes for the last two days, hours before.
-- now() only chooses between the two, and errs towards hours.
create view synchealth.sync_metrics as
    select m.timestamp, a.name as app, c.app_version, c.os, c.network, c.environment, m.attempts, m.successes,
        100.0 * m.successes / nullif(m.attempts, 0) as sync_success_rate,
        synchealth.sketch_percentile(m.sketch, 0.5) as p50_ms,
        synchealth.sketch_percentile(m.sketch, 0.9) as p90_ms,
        synchealth.sketch_percentile(m.sketch, 0.99) as p99_ms,
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
    join synchealth.app a using (app_id);
