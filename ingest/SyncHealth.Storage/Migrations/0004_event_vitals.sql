-- Vital signs by any dimension, from raw events within their retention.

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
        select *, dense_rank() over (order by x.group_key)::integer as no from (
        select f.*, g.blame, synchealth.join_keys(s.group_key, p.group_key, g.group_key) as group_key
        from (select distinct x.seg_no, x.prof_no, x.outcome, x.error_id from fact x) f
        join (select distinct x.no, x.group_key from seg x) s on s.no = f.seg_no
        join (select distinct x.no, x.group_key from prof x) p on p.no = f.prof_no
        join synchealth.ending_groups(dimensions, filters) g using (outcome, error_id)) x)
    select min(c.group_key), f.at,
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
    group by c.no, f.at;
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
