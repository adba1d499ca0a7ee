-- What alert rules are evaluated on: attempts and devices by segment, how late events are, and alerts of several classes under one rule.

-- An alert instance tells of a passed threshold, of missing data, or of late data (Alerting's AlertClass).
alter table synchealth.alert add column class text not null default 'threshold';
alter table synchealth.alert add constraint alert_class_is_known check (class in ('threshold', 'no_data', 'late'));
alter table synchealth.alert drop constraint alert_is_one_per_segment;
alter table synchealth.alert add constraint alert_is_one_per_segment unique (rule, app_name, segment, class);

-- Lag beyond which an event is no longer on time for the arrival clock: the end of lag class 1.
create function synchealth.is_late(received_at timestamptz, event_at timestamptz) returns boolean
language sql immutable parallel safe
return received_at - event_at >= interval '15 minutes';

-- Raw attempts of a window on a clock. arrival: those on time; late: those that arrived in it but are not on time; event: all that happened in it.
-- ignored: kinds of errors whose attempts are left out; 'cancelled' leaves out what was cancelled.
create function synchealth.rule_attempts(clock text, lo timestamptz, hi timestamptz, ignored text[])
returns table (segment_id integer, profile_id integer, device_key bigint, has_device boolean, outcome smallint,
    retries integer, conflict_count integer, duration_ms integer)
language sql stable as $$
    select e.segment_id, e.profile_id, e.device_key, e.has_device, e.outcome, e.retries, e.conflict_count, e.duration_ms
    from synchealth.events_on(case clock when 'event' then 'event' else 'arrival' end, lo, hi) e
    where e.outcome > 0
      and (clock = 'event' or synchealth.is_late(e.received_at, e.event_at) = (clock = 'late'))
      and (ignored = '{}' or e.outcome not in (3, 4)
           or case when e.outcome = 4 then 'cancelled' else coalesce((select x.kind from synchealth.error x where x.error_id = e.error_id), '') end <> all (ignored))
$$;

create type synchealth.rule_count as (
    group_key text[], attempts bigint, successes bigint, first_try bigint, over_60s bigint, conflicts bigint, conflicted bigint,
    devices bigint, durations bytea);

-- By any dimension, from raw events within their retention.
create function synchealth.rule_event_counts(
    app_name text, lo timestamptz, hi timestamptz, clock text, dimensions text[], filters text[], ignored text[])
returns setof synchealth.rule_count
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' as $$
begin
    return query
    with seg as materialized (
        select g.segment_id, g.group_key, dense_rank() over (order by g.group_key)::integer as no
        from synchealth.segment_groups(app_name, dimensions, filters) g),
    prof as materialized (
        select g.profile_id, g.group_key, dense_rank() over (order by g.group_key)::integer as no
        from synchealth.profile_groups(dimensions, filters) g),
    attempt as materialized (
        select seg.no as seg_no, prof.no as prof_no, a.*
        from synchealth.rule_attempts(clock, lo, hi, ignored) a join seg using (segment_id) join prof using (profile_id)),
    counted as (
        select x.seg_no, x.prof_no, sum(x.n)::bigint as attempts, sum(x.successes)::bigint as successes, sum(x.first_try)::bigint as first_try,
            sum(x.slow)::bigint as over_60s, sum(x.conflicts)::bigint as conflicts, sum(x.conflicted)::bigint as conflicted,
            string_agg(synchealth.sketch_pair(x.bucket, x.n), ''::bytea) as durations
        from (select a.seg_no, a.prof_no, synchealth.sketch_bucket(a.duration_ms) as bucket, count(*) as n,
                  count(*) filter (where a.outcome in (1, 2)) as successes,
                  count(*) filter (where a.outcome in (1, 2) and a.retries = 0) as first_try,
                  count(*) filter (where a.duration_ms > 60000) as slow,
                  sum(a.conflict_count) as conflicts,
                  count(*) filter (where a.conflict_count > 0) as conflicted
              from attempt a group by 1, 2, 3) x
        group by 1, 2),
    seen as (
        select a.seg_no, a.prof_no, count(distinct a.device_key) as devices from attempt a where a.has_device group by 1, 2)
    select synchealth.join_keys(s.group_key, p.group_key, p.group_key),
        c.attempts, c.successes, c.first_try, c.over_60s, c.conflicts, c.conflicted, coalesce(d.devices, 0), c.durations
    from counted c
    left join seen d using (seg_no, prof_no)
    join (select distinct x.no, x.group_key from seg x) s on s.no = c.seg_no
    join (select distinct x.no, x.group_key from prof x) p on p.no = c.prof_no;
end
$$;

-- At core grain from the rollups of minutes and what is not folded yet, in one snapshot; devices from raw events. Bounds are whole minutes.
create function synchealth.rule_core_counts(
    app_name text, lo timestamptz, hi timestamptz, clock text, dimensions text[], filters text[])
returns setof synchealth.rule_count
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' as $$
begin
    return query
    with core as materialized (
        select g.core_id, g.group_key, dense_rank() over (order by g.group_key)::integer as no
        from synchealth.core_groups(app_name, dimensions, filters) g),
    minute as (
        select r.core_id, r.attempts, r.successes, r.first_try, r.over_60s, r.conflicted,
            r.conflicts_lww + r.conflicts_crdt + r.conflicts_merge + r.conflicts_ot + r.conflicts_manual + r.conflicts_unresolved + r.conflicts_unknown as conflicts,
            r.success_sketch || r.other_sketch as durations
        from synchealth.core_row r
        where clock = 'event' and r.grain <= 1 and r.bucket_at >= lo and r.bucket_at < hi
        union all
        select r.core_id, r.attempts, r.successes, r.first_try, r.over_60s, r.conflicted,
            r.conflicts_lww + r.conflicts_crdt + r.conflicts_merge + r.conflicts_ot + r.conflicts_manual + r.conflicts_unresolved + r.conflicts_unknown,
            r.success_sketch || r.other_sketch
        from synchealth.arrival_row r
        where clock <> 'event' and r.arrival_at >= lo and r.arrival_at < hi and (r.lag_class > 1) = (clock = 'late')),
    counted as (
        select c.no, sum(m.attempts)::bigint as attempts, sum(m.successes)::bigint as successes, sum(m.first_try)::bigint as first_try,
            sum(m.over_60s)::bigint as over_60s, sum(m.conflicts)::bigint as conflicts, sum(m.conflicted)::bigint as conflicted,
            string_agg(m.durations, ''::bytea) as durations
        from minute m join core c using (core_id)
        group by c.no),
    seen as (
        select c.no, count(distinct a.device_key) as devices
        from synchealth.rule_attempts(clock, lo, hi, '{}') a
        join synchealth.segment s using (segment_id)
        join core c using (core_id)
        where a.has_device
        group by c.no)
    select k.group_key, n.attempts, n.successes, n.first_try, n.over_60s, n.conflicts, n.conflicted, coalesce(d.devices, 0), n.durations
    from counted n
    left join seen d using (no)
    join (select distinct x.no, x.group_key from core x) k using (no)
    where n.attempts > 0;
end
$$;

-- Attempts of a window by segment. Minutes are kept 48 hours; older windows, other dimensions and ignored errors are answered from raw events.
create function synchealth.rule_counts(
    app_name text, lo timestamptz, hi timestamptz, clock text, dimensions text[], filters text[], ignored text[], now_at timestamptz)
returns setof synchealth.rule_count
language plpgsql stable as $$
begin
    if ignored = '{}' and synchealth.is_core(dimensions, filters) and lo >= synchealth.ceil_to('1 hour', now_at - interval '47 hours') then
        return query select * from synchealth.rule_core_counts(app_name, lo, hi, clock, dimensions, filters);
    else
        return query select * from synchealth.rule_event_counts(app_name, lo, hi, clock, dimensions, filters, ignored);
    end if;
end
$$;

-- Failed attempts of a window by kind of error, for the message about them.
create function synchealth.rule_error_kinds(app_name text, lo timestamptz, hi timestamptz, clock text, filters text[], ignored text[])
returns table (kind text, failures bigint)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off as $$
begin
    return query
    with seg as materialized (select g.segment_id from synchealth.segment_groups(app_name, '{}', filters) g),
    prof as materialized (select g.profile_id from synchealth.profile_groups('{}', filters) g),
    failed as (
        select case when e.outcome = 4 then 'cancelled' else coalesce(x.kind, '') end as kind
        from synchealth.events_on(case clock when 'event' then 'event' else 'arrival' end, lo, hi) e
        left join synchealth.error x on x.error_id = e.error_id
        where e.outcome in (3, 4)
          and (clock = 'event' or synchealth.is_late(e.received_at, e.event_at) = (clock = 'late'))
          and e.segment_id in (select s.segment_id from seg s)
          and e.profile_id in (select p.profile_id from prof p))
    select f.kind, count(*) from failed f where f.kind <> all (ignored) group by f.kind;
end
$$;

-- Devices that reported since a moment, by segment, and those of them with a queue deeper than asked, without a success since stale_before
-- (a device that never synced ages from first seen), and not heard from since silent_before.
create function synchealth.rule_devices(
    app_name text, since timestamptz, dimensions text[], filters text[], depth_over integer, stale_before timestamptz, silent_before timestamptz)
returns table (group_key text[], devices bigint, deep bigint, stale bigint, silent bigint)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' as $$
begin
    return query
    with seg as materialized (
        select g.segment_id, g.group_key, dense_rank() over (order by g.group_key)::integer as no
        from synchealth.segment_groups(app_name, dimensions, filters) g),
    prof as materialized (
        select g.profile_id, g.group_key, dense_rank() over (order by g.group_key)::integer as no
        from synchealth.profile_groups(dimensions, filters) g),
    counted as (
        select s.no as seg_no, p.no as prof_no, count(*) as devices,
            count(*) filter (where d.queue_depth > depth_over) as deep,
            count(*) filter (where coalesce(d.last_success_at, d.first_seen_at) < stale_before) as stale,
            count(*) filter (where d.last_seen_at < silent_before) as silent
        from synchealth.device_now((select a.app_id from synchealth.app a where a.name = app_name)) d
        join seg s using (segment_id)
        join prof p using (profile_id)
        where d.last_seen_at >= since
        group by 1, 2)
    select synchealth.join_keys(s.group_key, p.group_key, p.group_key), c.devices, c.deep, c.stale, c.silent
    from counted c
    join (select distinct x.no, x.group_key from seg x) s on s.no = c.seg_no
    join (select distinct x.no, x.group_key from prof x) p on p.no = c.prof_no;
end
$$;

-- How long after its end nine tenths of a window have arrived, as learned for the app: the end of the first lag class that covers them,
-- 24 hours at most. Zero before anything is learned.
create function synchealth.rule_lateness(app_name text) returns interval
language sql stable as $$
    select coalesce(min(k.upper_end), interval '0')
    from (select l.lag_class, sum(sum(l.attempts)) over (order by l.lag_class) as so_far, sum(sum(l.attempts)) over () as total
          from synchealth.lag_learned l
          where l.app_id = (select a.app_id from synchealth.app a where a.name = app_name)
          group by l.lag_class) x
    join (values (0, interval '1 minute'), (1, interval '15 minutes'), (2, interval '1 hour'), (3, interval '6 hours'), (4, interval '24 hours'),
                 (5, interval '24 hours'), (6, interval '24 hours')) k(lag_class, upper_end) using (lag_class)
    where x.total > 0 and x.so_far >= 0.9 * x.total
$$;
