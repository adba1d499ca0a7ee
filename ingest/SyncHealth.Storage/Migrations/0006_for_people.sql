-- What people with psql and Grafana read: the functions behind every number, ready to use, and two views under the names of the article.
-- They stand in the schema synchealth: set search_path = synchealth to use them without the prefix.

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
