-- What people ask with psql says what an app's own retention has left, as the API does; arrivals become hours when nobody asks for their
-- minutes any more; and what a rebuild may touch.

-- The bounds that are counted after the retention of an app: arrivals live by the minute and by the hour, never by the day.
create function synchealth.kept_range(app text, counted_lo timestamptz, counted_hi timestamptz, source text, clock text, now_at timestamptz, out lo timestamptz, out hi timestamptz)
language sql stable as $$
    select k.lo, k.hi
    from synchealth.kept_range(app, counted_lo, counted_hi, case when clock = 'arrival' and source = 'day' then 'hour' else source end, now_at) k
$$;

create or replace function synchealth.vitals(
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
    cross join lateral synchealth.kept_range(app_name, r.lo, r.hi, r.source, clock, now_at) k
    cross join lateral synchealth.vital_counts(app_name, k.lo, k.hi, step, zone, clock, r.source, dimensions, filters) c
    cross join lateral (select c.success_sketch || c.other_sketch as sketch) d
    cross join lateral (select c.conflicts_lww + c.conflicts_crdt + c.conflicts_merge + c.conflicts_ot + c.conflicts_manual
        + c.conflicts_unresolved + c.conflicts_unknown as conflicts) x
    order by c.group_key, c.at
$$;

create or replace function synchealth.errors(
    app_name text, from_at timestamptz, to_at timestamptz, step interval default null, dimensions text[] default '{}', filters text[] default '{}',
    clock text default 'event', zone text default 'UTC', now_at timestamptz default now())
returns table (at timestamptz, group_key text[], kind text, code text, attempts bigint)
language sql stable as $$
    select c.at, c.group_key, c.kind, c.code, c.attempts
    from synchealth.side_range(from_at, to_at, step, zone, clock, dimensions, filters, now_at) r
    cross join lateral synchealth.kept_range(app_name, r.lo, r.hi, r.source, clock, now_at) k
    cross join lateral synchealth.error_counts(app_name, k.lo, k.hi, step, zone, clock, r.source, dimensions, filters) c
    order by c.group_key, c.at, c.attempts desc, c.kind, c.code
$$;

create or replace function synchealth.conflicts(
    app_name text, from_at timestamptz, to_at timestamptz, step interval default null, dimensions text[] default '{}', filters text[] default '{}',
    clock text default 'event', zone text default 'UTC', now_at timestamptz default now())
returns table (at timestamptz, group_key text[], entity text, kind text, strategy text, winner text, conflicts bigint, discarded bigint)
language sql stable as $$
    select c.at, c.group_key, c.entity, c.kind, c.strategy, c.winner, c.conflicts, c.discarded
    from synchealth.side_range(from_at, to_at, step, zone, clock, dimensions, filters, now_at) r
    cross join lateral synchealth.kept_range(app_name, r.lo, r.hi, r.source, clock, now_at) k
    cross join lateral synchealth.conflict_mix(app_name, k.lo, k.hi, step, zone, clock, r.source, dimensions, filters) c
    order by c.group_key, c.at, c.conflicts desc, c.entity, c.kind, c.strategy, c.winner
$$;

---------------------------------------------------------------------------------------------------------- arrivals
-- Finds the minutes among the hours: an hour of arrivals stands under its first minute.
create index rollup_arrival_minute on synchealth.rollup_arrival (arrival_at) where date_part('minute', arrival_at at time zone 'UTC') <> 0;

---------------------------------------------------------------------------------------------------------- rebuild
-- Core segments of the apps all of whose raw events of a day are kept: only their rows can be made once more.
create function synchealth.raw_cores(day timestamptz, now_at timestamptz) returns setof integer
language sql stable as $$
    select c.core_id from synchealth.core_segment c join synchealth.app a using (app_id) where synchealth.raw_from(a.name, now_at) <= day
$$;

-- The same, of apps that keep raw events as long as the installation does: whose late arrivals are known as far as anybody's.
create function synchealth.raw_arrival_cores() returns setof integer
language sql stable as $$
    select c.core_id
    from synchealth.core_segment c join synchealth.app a using (app_id)
    where not exists (select from synchealth.app_setting s where s.app_name = a.name and s.raw_days < 30)
$$;
