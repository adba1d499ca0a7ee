-- The read side: sketches, the composition of a range, dimensions, and the counts of the core grain. 0004 counts raw events and
-- devices, 0005 is the fleet now and in the past, 0006 is for people with psql or Grafana.
-- Dashboard, API, /metrics, command line, Grafana and psql read these functions: a definition stands once.
-- "now" is always a parameter (now_at); only the views for people, which cannot have one, use now(), and only to choose a grain.

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

---------------------------------------------------------------------------------------------------------- counts
create type synchealth.vital_count as (
    group_key text[], at timestamptz,
    attempts bigint, successes bigint, partials bigint, cancelled bigint, first_try bigint,
    offline_failures bigint, server_failures bigint, app_failures bigint, over_60s bigint, conflicted bigint,
    conflicts_lww bigint, conflicts_crdt bigint, conflicts_merge bigint, conflicts_ot bigint, conflicts_manual bigint,
    conflicts_unresolved bigint, conflicts_unknown bigint, discarded bigint,
    pushed bigint, pulled bigint, bytes_up bigint, bytes_down bigint,
    success_sketch bytea, other_sketch bytea);

-- Rows are grouped by the number of their group, which hashes as an integer; its key is the same in all of them, hence min.
-- Event clock, core grain: whole days, the hours at their edges, the minutes at theirs, and what is not folded yet.
create function synchealth.core_counts(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, source text, dimensions text[], filters text[])
returns setof synchealth.vital_count
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' as $$
declare
    hour_lo constant timestamptz := case when source = 'minute' then hi else least(synchealth.ceil_to('1 hour', lo), hi) end;
    hour_hi constant timestamptz := greatest(synchealth.floor_to('1 hour', hi), hour_lo);
    day_lo constant timestamptz := case when source = 'day' then least(synchealth.ceil_to('1 day', hour_lo), hour_hi) else hour_hi end;
    day_hi constant timestamptz := greatest(synchealth.floor_to('1 day', hour_hi), day_lo);
begin
    return query
    with core as materialized (
        select *, dense_rank() over (order by x.group_key)::integer as no from synchealth.core_groups(app_name, dimensions, filters) x)
    select min(g.group_key), synchealth.point_of(r.bucket_at, step, zone, lo),
        sum(r.attempts), sum(r.successes), sum(r.partials), sum(r.cancelled), sum(r.first_try),
        sum(r.offline_failures), sum(r.server_failures), sum(r.app_failures), sum(r.over_60s), sum(r.conflicted),
        sum(r.conflicts_lww)::bigint, sum(r.conflicts_crdt)::bigint, sum(r.conflicts_merge)::bigint, sum(r.conflicts_ot)::bigint, sum(r.conflicts_manual)::bigint,
        sum(r.conflicts_unresolved)::bigint, sum(r.conflicts_unknown)::bigint, sum(r.discarded)::bigint,
        sum(r.pushed)::bigint, sum(r.pulled)::bigint, sum(r.bytes_up)::bigint, sum(r.bytes_down)::bigint,
        string_agg(r.success_sketch, ''::bytea), string_agg(r.other_sketch, ''::bytea)
    from synchealth.core_row r
    join core g using (core_id)
    where (r.grain = 3 and r.bucket_at >= day_lo and r.bucket_at < day_hi)
       or (r.grain = 2 and (r.bucket_at >= hour_lo and r.bucket_at < day_lo or r.bucket_at >= day_hi and r.bucket_at < hour_hi))
       or (r.grain = 1 and (r.bucket_at >= lo and r.bucket_at < hour_lo or r.bucket_at >= hour_hi and r.bucket_at < hi))
       or (r.grain = 0 and r.bucket_at >= lo and r.bucket_at < hi)
    group by g.no, 2;
end
$$;

-- Arrival clock, core grain.
create function synchealth.arrival_counts(
    app_name text, lo timestamptz, hi timestamptz, step interval, zone text, dimensions text[], filters text[])
returns setof synchealth.vital_count
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' as $$
begin
    return query
    with core as materialized (
        select *, dense_rank() over (order by x.group_key)::integer as no from synchealth.core_groups(app_name, dimensions, filters) x)
    select min(g.group_key), synchealth.point_of(r.arrival_at, step, zone, lo),
        sum(r.attempts), sum(r.successes), sum(r.partials), sum(r.cancelled), sum(r.first_try),
        sum(r.offline_failures), sum(r.server_failures), sum(r.app_failures), sum(r.over_60s), sum(r.conflicted),
        sum(r.conflicts_lww)::bigint, sum(r.conflicts_crdt)::bigint, sum(r.conflicts_merge)::bigint, sum(r.conflicts_ot)::bigint, sum(r.conflicts_manual)::bigint,
        sum(r.conflicts_unresolved)::bigint, sum(r.conflicts_unknown)::bigint, sum(r.discarded)::bigint,
        sum(r.pushed)::bigint, sum(r.pulled)::bigint, sum(r.bytes_up)::bigint, sum(r.bytes_down)::bigint,
        string_agg(r.success_sketch, ''::bytea), string_agg(r.other_sketch, ''::bytea)
    from synchealth.arrival_row r
    join core g using (core_id)
    where r.arrival_at >= lo and r.arrival_at < hi
    group by g.no, 2;
end
$$;
