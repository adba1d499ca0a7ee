-- Moves waiting increments into the rollups, at most @Limit rows, in one statement: a reader's snapshot sees every increment either
-- here or there. No id cursor (commits are not in id order) and no truncate (a reader's snapshot would lose rows).
-- Minutes before @MinutesFrom are not written: they would be pruned at once, and no reader asks for them. Arrivals before it are written as hours.
-- Added up step by step, each from the fewer rows of the one before. An increment without bucket_at (arrival_at) is none of that clock's.
-- Returns the rows whose sketches have grown beyond @MaxSketchBytes by concatenation, for compaction in the same transaction.
-- Upserts by the rollups' primary keys, in key order. The caller holds the fold's lock.
with gone as (
    delete from synchealth.core_increment
    where ctid = any (array(select ctid from synchealth.core_increment limit @Limit))
    returning *
),
fine_hour as materialized (
    select segment_id, promoted_id, core_id, date_trunc('hour', bucket_at, 'UTC') as at,
        sum(attempts) as attempts, coalesce(sum(successes), 0) as successes, coalesce(sum(partials), 0) as partials,
        coalesce(sum(cancelled), 0) as cancelled, coalesce(sum(first_try), 0) as first_try, coalesce(sum(offline_failures), 0) as offline_failures,
        coalesce(sum(server_failures), 0) as server_failures, coalesce(sum(app_failures), 0) as app_failures, coalesce(sum(over_60s), 0) as over_60s,
        coalesce(sum(conflicted), 0) as conflicted, coalesce(sum(conflicts_lww), 0) as conflicts_lww,
        coalesce(sum(conflicts_crdt), 0) as conflicts_crdt, coalesce(sum(conflicts_merge), 0) as conflicts_merge,
        coalesce(sum(conflicts_ot), 0) as conflicts_ot, coalesce(sum(conflicts_manual), 0) as conflicts_manual,
        coalesce(sum(conflicts_unresolved), 0) as conflicts_unresolved, coalesce(sum(conflicts_unknown), 0) as conflicts_unknown,
        coalesce(sum(discarded), 0) as discarded, coalesce(sum(retries), 0) as retries, coalesce(sum(pushed), 0) as pushed,
        coalesce(sum(pulled), 0) as pulled, coalesce(sum(applied), 0) as applied, coalesce(sum(rejected), 0) as rejected,
        coalesce(sum(bytes_up), 0) as bytes_up, coalesce(sum(bytes_down), 0) as bytes_down, coalesce(sum(duration_ms_sum), 0) as duration_ms_sum,
        coalesce(string_agg(success_sketch, ''), '') as success_sketch, coalesce(string_agg(other_sketch, ''), '') as other_sketch
    from gone where bucket_at is not null
    group by 1, 2, 3, 4
),
fine_day as (
    select segment_id, promoted_id, date_trunc('day', at, 'UTC') as at,
        sum(attempts) as attempts, sum(successes) as successes, sum(partials) as partials, sum(cancelled) as cancelled, sum(first_try) as first_try,
        sum(offline_failures) as offline_failures, sum(server_failures) as server_failures, sum(app_failures) as app_failures,
        sum(over_60s) as over_60s, sum(conflicted) as conflicted, sum(conflicts_lww) as conflicts_lww, sum(conflicts_crdt) as conflicts_crdt,
        sum(conflicts_merge) as conflicts_merge, sum(conflicts_ot) as conflicts_ot, sum(conflicts_manual) as conflicts_manual,
        sum(conflicts_unresolved) as conflicts_unresolved, sum(conflicts_unknown) as conflicts_unknown, sum(discarded) as discarded,
        sum(retries) as retries, sum(pushed) as pushed, sum(pulled) as pulled, sum(applied) as applied, sum(rejected) as rejected,
        sum(bytes_up) as bytes_up, sum(bytes_down) as bytes_down, sum(duration_ms_sum) as duration_ms_sum,
        string_agg(success_sketch, '') as success_sketch, string_agg(other_sketch, '') as other_sketch
    from fine_hour
    group by 1, 2, 3
),
core_minute as (
    select core_id, bucket_at as at,
        sum(attempts) as attempts, coalesce(sum(successes), 0) as successes, coalesce(sum(partials), 0) as partials,
        coalesce(sum(cancelled), 0) as cancelled, coalesce(sum(first_try), 0) as first_try, coalesce(sum(offline_failures), 0) as offline_failures,
        coalesce(sum(server_failures), 0) as server_failures, coalesce(sum(app_failures), 0) as app_failures, coalesce(sum(over_60s), 0) as over_60s,
        coalesce(sum(conflicted), 0) as conflicted, coalesce(sum(conflicts_lww), 0) as conflicts_lww,
        coalesce(sum(conflicts_crdt), 0) as conflicts_crdt, coalesce(sum(conflicts_merge), 0) as conflicts_merge,
        coalesce(sum(conflicts_ot), 0) as conflicts_ot, coalesce(sum(conflicts_manual), 0) as conflicts_manual,
        coalesce(sum(conflicts_unresolved), 0) as conflicts_unresolved, coalesce(sum(conflicts_unknown), 0) as conflicts_unknown,
        coalesce(sum(discarded), 0) as discarded, coalesce(sum(retries), 0) as retries, coalesce(sum(pushed), 0) as pushed,
        coalesce(sum(pulled), 0) as pulled, coalesce(sum(applied), 0) as applied, coalesce(sum(rejected), 0) as rejected,
        coalesce(sum(bytes_up), 0) as bytes_up, coalesce(sum(bytes_down), 0) as bytes_down, coalesce(sum(duration_ms_sum), 0) as duration_ms_sum,
        coalesce(string_agg(success_sketch, ''), '') as success_sketch, coalesce(string_agg(other_sketch, ''), '') as other_sketch
    from gone where bucket_at >= @MinutesFrom
    group by 1, 2
),
core_hour as materialized (
    select core_id, at,
        sum(attempts) as attempts, sum(successes) as successes, sum(partials) as partials, sum(cancelled) as cancelled, sum(first_try) as first_try,
        sum(offline_failures) as offline_failures, sum(server_failures) as server_failures, sum(app_failures) as app_failures,
        sum(over_60s) as over_60s, sum(conflicted) as conflicted, sum(conflicts_lww) as conflicts_lww, sum(conflicts_crdt) as conflicts_crdt,
        sum(conflicts_merge) as conflicts_merge, sum(conflicts_ot) as conflicts_ot, sum(conflicts_manual) as conflicts_manual,
        sum(conflicts_unresolved) as conflicts_unresolved, sum(conflicts_unknown) as conflicts_unknown, sum(discarded) as discarded,
        sum(retries) as retries, sum(pushed) as pushed, sum(pulled) as pulled, sum(applied) as applied, sum(rejected) as rejected,
        sum(bytes_up) as bytes_up, sum(bytes_down) as bytes_down, sum(duration_ms_sum) as duration_ms_sum,
        string_agg(success_sketch, '') as success_sketch, string_agg(other_sketch, '') as other_sketch
    from fine_hour
    group by 1, 2
),
core_day as (
    select core_id, date_trunc('day', at, 'UTC') as at,
        sum(attempts) as attempts, sum(successes) as successes, sum(partials) as partials, sum(cancelled) as cancelled, sum(first_try) as first_try,
        sum(offline_failures) as offline_failures, sum(server_failures) as server_failures, sum(app_failures) as app_failures,
        sum(over_60s) as over_60s, sum(conflicted) as conflicted, sum(conflicts_lww) as conflicts_lww, sum(conflicts_crdt) as conflicts_crdt,
        sum(conflicts_merge) as conflicts_merge, sum(conflicts_ot) as conflicts_ot, sum(conflicts_manual) as conflicts_manual,
        sum(conflicts_unresolved) as conflicts_unresolved, sum(conflicts_unknown) as conflicts_unknown, sum(discarded) as discarded,
        sum(retries) as retries, sum(pushed) as pushed, sum(pulled) as pulled, sum(applied) as applied, sum(rejected) as rejected,
        sum(bytes_up) as bytes_up, sum(bytes_down) as bytes_down, sum(duration_ms_sum) as duration_ms_sum,
        string_agg(success_sketch, '') as success_sketch, string_agg(other_sketch, '') as other_sketch
    from core_hour
    group by 1, 2
),
arrival as (
    select core_id, case when arrival_at < @MinutesFrom then date_trunc('hour', arrival_at, 'UTC') else arrival_at end as at, lag_class,
        sum(attempts) as attempts, coalesce(sum(successes), 0) as successes, coalesce(sum(partials), 0) as partials,
        coalesce(sum(cancelled), 0) as cancelled, coalesce(sum(first_try), 0) as first_try, coalesce(sum(offline_failures), 0) as offline_failures,
        coalesce(sum(server_failures), 0) as server_failures, coalesce(sum(app_failures), 0) as app_failures, coalesce(sum(over_60s), 0) as over_60s,
        coalesce(sum(conflicted), 0) as conflicted, coalesce(sum(conflicts_lww), 0) as conflicts_lww,
        coalesce(sum(conflicts_crdt), 0) as conflicts_crdt, coalesce(sum(conflicts_merge), 0) as conflicts_merge,
        coalesce(sum(conflicts_ot), 0) as conflicts_ot, coalesce(sum(conflicts_manual), 0) as conflicts_manual,
        coalesce(sum(conflicts_unresolved), 0) as conflicts_unresolved, coalesce(sum(conflicts_unknown), 0) as conflicts_unknown,
        coalesce(sum(discarded), 0) as discarded, coalesce(sum(retries), 0) as retries, coalesce(sum(pushed), 0) as pushed,
        coalesce(sum(pulled), 0) as pulled, coalesce(sum(applied), 0) as applied, coalesce(sum(rejected), 0) as rejected,
        coalesce(sum(bytes_up), 0) as bytes_up, coalesce(sum(bytes_down), 0) as bytes_down, coalesce(sum(duration_ms_sum), 0) as duration_ms_sum,
        coalesce(string_agg(success_sketch, ''), '') as success_sketch, coalesce(string_agg(other_sketch, ''), '') as other_sketch
    from gone where arrival_at is not null
    group by 1, 2, 3
),
error_hour as materialized (
    select i.core_id, date_trunc('hour', i.bucket_at, 'UTC') as at, u.error_id, sum(u.attempts) as attempts
    from gone i cross join lateral unnest(i.error_ids, i.error_counts) u (error_id, attempts)
    where i.bucket_at is not null
    group by 1, 2, 3
),
conflict_hour as materialized (
    select i.core_id, date_trunc('hour', i.bucket_at, 'UTC') as at, u.conflict_id, sum(u.conflicts) as conflicts, sum(u.discarded) as discarded
    from gone i cross join lateral unnest(i.conflict_ids, i.conflict_counts, i.conflict_discarded) u (conflict_id, conflicts, discarded)
    where i.bucket_at is not null
    group by 1, 2, 3
),
minutes as (
    insert into synchealth.rollup_minute as r (
        core_id, bucket_at, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s,
        conflicted, conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown,
        discarded, retries, pushed, pulled, applied, rejected, bytes_up, bytes_down, duration_ms_sum, success_sketch, other_sketch)
    select
        core_id, at, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted,
        conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown, discarded, retries,
        pushed, pulled, applied, rejected, bytes_up, bytes_down, duration_ms_sum, success_sketch, other_sketch
    from core_minute
    order by core_id, at
    on conflict (core_id, bucket_at) do update set
        attempts = r.attempts + excluded.attempts, successes = r.successes + excluded.successes, partials = r.partials + excluded.partials,
        cancelled = r.cancelled + excluded.cancelled, first_try = r.first_try + excluded.first_try,
        offline_failures = r.offline_failures + excluded.offline_failures, server_failures = r.server_failures + excluded.server_failures,
        app_failures = r.app_failures + excluded.app_failures, over_60s = r.over_60s + excluded.over_60s,
        conflicted = r.conflicted + excluded.conflicted, conflicts_lww = r.conflicts_lww + excluded.conflicts_lww,
        conflicts_crdt = r.conflicts_crdt + excluded.conflicts_crdt, conflicts_merge = r.conflicts_merge + excluded.conflicts_merge,
        conflicts_ot = r.conflicts_ot + excluded.conflicts_ot, conflicts_manual = r.conflicts_manual + excluded.conflicts_manual,
        conflicts_unresolved = r.conflicts_unresolved + excluded.conflicts_unresolved,
        conflicts_unknown = r.conflicts_unknown + excluded.conflicts_unknown, discarded = r.discarded + excluded.discarded,
        retries = r.retries + excluded.retries, pushed = r.pushed + excluded.pushed, pulled = r.pulled + excluded.pulled,
        applied = r.applied + excluded.applied, rejected = r.rejected + excluded.rejected, bytes_up = r.bytes_up + excluded.bytes_up,
        bytes_down = r.bytes_down + excluded.bytes_down, duration_ms_sum = r.duration_ms_sum + excluded.duration_ms_sum,
        success_sketch = r.success_sketch || excluded.success_sketch, other_sketch = r.other_sketch || excluded.other_sketch
    returning core_id, null::integer as segment_id, null::integer as promoted_id, bucket_at as at, null::smallint as lag_class, success_sketch, other_sketch
),
hours as (
    insert into synchealth.rollup_hour as r (
        core_id, bucket_at, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s,
        conflicted, conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown,
        discarded, retries, pushed, pulled, applied, rejected, bytes_up, bytes_down, duration_ms_sum, success_sketch, other_sketch)
    select
        core_id, at, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted,
        conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown, discarded, retries,
        pushed, pulled, applied, rejected, bytes_up, bytes_down, duration_ms_sum, success_sketch, other_sketch
    from core_hour
    order by core_id, at
    on conflict (core_id, bucket_at) do update set
        attempts = r.attempts + excluded.attempts, successes = r.successes + excluded.successes, partials = r.partials + excluded.partials,
        cancelled = r.cancelled + excluded.cancelled, first_try = r.first_try + excluded.first_try,
        offline_failures = r.offline_failures + excluded.offline_failures, server_failures = r.server_failures + excluded.server_failures,
        app_failures = r.app_failures + excluded.app_failures, over_60s = r.over_60s + excluded.over_60s,
        conflicted = r.conflicted + excluded.conflicted, conflicts_lww = r.conflicts_lww + excluded.conflicts_lww,
        conflicts_crdt = r.conflicts_crdt + excluded.conflicts_crdt, conflicts_merge = r.conflicts_merge + excluded.conflicts_merge,
        conflicts_ot = r.conflicts_ot + excluded.conflicts_ot, conflicts_manual = r.conflicts_manual + excluded.conflicts_manual,
        conflicts_unresolved = r.conflicts_unresolved + excluded.conflicts_unresolved,
        conflicts_unknown = r.conflicts_unknown + excluded.conflicts_unknown, discarded = r.discarded + excluded.discarded,
        retries = r.retries + excluded.retries, pushed = r.pushed + excluded.pushed, pulled = r.pulled + excluded.pulled,
        applied = r.applied + excluded.applied, rejected = r.rejected + excluded.rejected, bytes_up = r.bytes_up + excluded.bytes_up,
        bytes_down = r.bytes_down + excluded.bytes_down, duration_ms_sum = r.duration_ms_sum + excluded.duration_ms_sum,
        success_sketch = r.success_sketch || excluded.success_sketch, other_sketch = r.other_sketch || excluded.other_sketch
    returning core_id, null::integer as segment_id, null::integer as promoted_id, bucket_at as at, null::smallint as lag_class, success_sketch, other_sketch
),
days as (
    insert into synchealth.rollup_day as r (
        core_id, bucket_at, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s,
        conflicted, conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown,
        discarded, retries, pushed, pulled, applied, rejected, bytes_up, bytes_down, duration_ms_sum, success_sketch, other_sketch)
    select
        core_id, at, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted,
        conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown, discarded, retries,
        pushed, pulled, applied, rejected, bytes_up, bytes_down, duration_ms_sum, success_sketch, other_sketch
    from core_day
    order by core_id, at
    on conflict (core_id, bucket_at) do update set
        attempts = r.attempts + excluded.attempts, successes = r.successes + excluded.successes, partials = r.partials + excluded.partials,
        cancelled = r.cancelled + excluded.cancelled, first_try = r.first_try + excluded.first_try,
        offline_failures = r.offline_failures + excluded.offline_failures, server_failures = r.server_failures + excluded.server_failures,
        app_failures = r.app_failures + excluded.app_failures, over_60s = r.over_60s + excluded.over_60s,
        conflicted = r.conflicted + excluded.conflicted, conflicts_lww = r.conflicts_lww + excluded.conflicts_lww,
        conflicts_crdt = r.conflicts_crdt + excluded.conflicts_crdt, conflicts_merge = r.conflicts_merge + excluded.conflicts_merge,
        conflicts_ot = r.conflicts_ot + excluded.conflicts_ot, conflicts_manual = r.conflicts_manual + excluded.conflicts_manual,
        conflicts_unresolved = r.conflicts_unresolved + excluded.conflicts_unresolved,
        conflicts_unknown = r.conflicts_unknown + excluded.conflicts_unknown, discarded = r.discarded + excluded.discarded,
        retries = r.retries + excluded.retries, pushed = r.pushed + excluded.pushed, pulled = r.pulled + excluded.pulled,
        applied = r.applied + excluded.applied, rejected = r.rejected + excluded.rejected, bytes_up = r.bytes_up + excluded.bytes_up,
        bytes_down = r.bytes_down + excluded.bytes_down, duration_ms_sum = r.duration_ms_sum + excluded.duration_ms_sum,
        success_sketch = r.success_sketch || excluded.success_sketch, other_sketch = r.other_sketch || excluded.other_sketch
    returning core_id, null::integer as segment_id, null::integer as promoted_id, bucket_at as at, null::smallint as lag_class, success_sketch, other_sketch
),
fine_hours as (
    insert into synchealth.rollup_fine_hour as r (
        segment_id, promoted_id, bucket_at, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures,
        over_60s, conflicted, conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown,
        discarded, retries, pushed, pulled, applied, rejected, bytes_up, bytes_down, duration_ms_sum, success_sketch, other_sketch)
    select
        segment_id, promoted_id, at, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s,
        conflicted, conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown,
        discarded, retries, pushed, pulled, applied, rejected, bytes_up, bytes_down, duration_ms_sum, success_sketch, other_sketch
    from fine_hour where segment_id is not null
    order by segment_id, promoted_id, at
    on conflict (segment_id, promoted_id, bucket_at) do update set
        attempts = r.attempts + excluded.attempts, successes = r.successes + excluded.successes, partials = r.partials + excluded.partials,
        cancelled = r.cancelled + excluded.cancelled, first_try = r.first_try + excluded.first_try,
        offline_failures = r.offline_failures + excluded.offline_failures, server_failures = r.server_failures + excluded.server_failures,
        app_failures = r.app_failures + excluded.app_failures, over_60s = r.over_60s + excluded.over_60s,
        conflicted = r.conflicted + excluded.conflicted, conflicts_lww = r.conflicts_lww + excluded.conflicts_lww,
        conflicts_crdt = r.conflicts_crdt + excluded.conflicts_crdt, conflicts_merge = r.conflicts_merge + excluded.conflicts_merge,
        conflicts_ot = r.conflicts_ot + excluded.conflicts_ot, conflicts_manual = r.conflicts_manual + excluded.conflicts_manual,
        conflicts_unresolved = r.conflicts_unresolved + excluded.conflicts_unresolved,
        conflicts_unknown = r.conflicts_unknown + excluded.conflicts_unknown, discarded = r.discarded + excluded.discarded,
        retries = r.retries + excluded.retries, pushed = r.pushed + excluded.pushed, pulled = r.pulled + excluded.pulled,
        applied = r.applied + excluded.applied, rejected = r.rejected + excluded.rejected, bytes_up = r.bytes_up + excluded.bytes_up,
        bytes_down = r.bytes_down + excluded.bytes_down, duration_ms_sum = r.duration_ms_sum + excluded.duration_ms_sum,
        success_sketch = r.success_sketch || excluded.success_sketch, other_sketch = r.other_sketch || excluded.other_sketch
    returning null::integer as core_id, segment_id, promoted_id, bucket_at as at, null::smallint as lag_class, success_sketch, other_sketch
),
fine_days as (
    insert into synchealth.rollup_fine_day as r (
        segment_id, promoted_id, bucket_at, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures,
        over_60s, conflicted, conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown,
        discarded, retries, pushed, pulled, applied, rejected, bytes_up, bytes_down, duration_ms_sum, success_sketch, other_sketch)
    select
        segment_id, promoted_id, at, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s,
        conflicted, conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown,
        discarded, retries, pushed, pulled, applied, rejected, bytes_up, bytes_down, duration_ms_sum, success_sketch, other_sketch
    from fine_day where segment_id is not null
    order by segment_id, promoted_id, at
    on conflict (segment_id, promoted_id, bucket_at) do update set
        attempts = r.attempts + excluded.attempts, successes = r.successes + excluded.successes, partials = r.partials + excluded.partials,
        cancelled = r.cancelled + excluded.cancelled, first_try = r.first_try + excluded.first_try,
        offline_failures = r.offline_failures + excluded.offline_failures, server_failures = r.server_failures + excluded.server_failures,
        app_failures = r.app_failures + excluded.app_failures, over_60s = r.over_60s + excluded.over_60s,
        conflicted = r.conflicted + excluded.conflicted, conflicts_lww = r.conflicts_lww + excluded.conflicts_lww,
        conflicts_crdt = r.conflicts_crdt + excluded.conflicts_crdt, conflicts_merge = r.conflicts_merge + excluded.conflicts_merge,
        conflicts_ot = r.conflicts_ot + excluded.conflicts_ot, conflicts_manual = r.conflicts_manual + excluded.conflicts_manual,
        conflicts_unresolved = r.conflicts_unresolved + excluded.conflicts_unresolved,
        conflicts_unknown = r.conflicts_unknown + excluded.conflicts_unknown, discarded = r.discarded + excluded.discarded,
        retries = r.retries + excluded.retries, pushed = r.pushed + excluded.pushed, pulled = r.pulled + excluded.pulled,
        applied = r.applied + excluded.applied, rejected = r.rejected + excluded.rejected, bytes_up = r.bytes_up + excluded.bytes_up,
        bytes_down = r.bytes_down + excluded.bytes_down, duration_ms_sum = r.duration_ms_sum + excluded.duration_ms_sum,
        success_sketch = r.success_sketch || excluded.success_sketch, other_sketch = r.other_sketch || excluded.other_sketch
    returning null::integer as core_id, segment_id, promoted_id, bucket_at as at, null::smallint as lag_class, success_sketch, other_sketch
),
arrivals as (
    insert into synchealth.rollup_arrival as r (
        core_id, arrival_at, lag_class, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures,
        over_60s, conflicted, conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown,
        discarded, retries, pushed, pulled, applied, rejected, bytes_up, bytes_down, duration_ms_sum, success_sketch, other_sketch)
    select
        core_id, at, lag_class, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s,
        conflicted, conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown,
        discarded, retries, pushed, pulled, applied, rejected, bytes_up, bytes_down, duration_ms_sum, success_sketch, other_sketch
    from arrival
    order by core_id, at, lag_class
    on conflict (core_id, arrival_at, lag_class) do update set
        attempts = r.attempts + excluded.attempts, successes = r.successes + excluded.successes, partials = r.partials + excluded.partials,
        cancelled = r.cancelled + excluded.cancelled, first_try = r.first_try + excluded.first_try,
        offline_failures = r.offline_failures + excluded.offline_failures, server_failures = r.server_failures + excluded.server_failures,
        app_failures = r.app_failures + excluded.app_failures, over_60s = r.over_60s + excluded.over_60s,
        conflicted = r.conflicted + excluded.conflicted, conflicts_lww = r.conflicts_lww + excluded.conflicts_lww,
        conflicts_crdt = r.conflicts_crdt + excluded.conflicts_crdt, conflicts_merge = r.conflicts_merge + excluded.conflicts_merge,
        conflicts_ot = r.conflicts_ot + excluded.conflicts_ot, conflicts_manual = r.conflicts_manual + excluded.conflicts_manual,
        conflicts_unresolved = r.conflicts_unresolved + excluded.conflicts_unresolved,
        conflicts_unknown = r.conflicts_unknown + excluded.conflicts_unknown, discarded = r.discarded + excluded.discarded,
        retries = r.retries + excluded.retries, pushed = r.pushed + excluded.pushed, pulled = r.pulled + excluded.pulled,
        applied = r.applied + excluded.applied, rejected = r.rejected + excluded.rejected, bytes_up = r.bytes_up + excluded.bytes_up,
        bytes_down = r.bytes_down + excluded.bytes_down, duration_ms_sum = r.duration_ms_sum + excluded.duration_ms_sum,
        success_sketch = r.success_sketch || excluded.success_sketch, other_sketch = r.other_sketch || excluded.other_sketch
    returning core_id, null::integer as segment_id, null::integer as promoted_id, arrival_at as at, lag_class, success_sketch, other_sketch
),
lags as (
    insert into synchealth.rollup_lag as r (app_id, arrival_at, week_hour, lag_class, attempts)
    select c.app_id, date_trunc('hour', g.arrival_at, 'UTC'), synchealth.week_hour(g.bucket_at), g.lag_class, sum(g.attempts)
    from gone g join synchealth.core_segment c using (core_id)
    where g.bucket_at is not null and g.arrival_at is not null
    group by 1, 2, 3, 4
    order by 1, 2, 3, 4
    on conflict (app_id, arrival_at, week_hour, lag_class) do update set attempts = r.attempts + excluded.attempts
),
error_hours as (
    insert into synchealth.rollup_error_hour as r (core_id, bucket_at, error_id, attempts)
    select core_id, at, error_id, attempts from error_hour
    order by 1, 2, 3
    on conflict (core_id, bucket_at, error_id) do update set attempts = r.attempts + excluded.attempts
),
error_days as (
    insert into synchealth.rollup_error_day as r (core_id, bucket_at, error_id, attempts)
    select core_id, date_trunc('day', at, 'UTC'), error_id, sum(attempts) from error_hour
    group by 1, 2, 3
    order by 1, 2, 3
    on conflict (core_id, bucket_at, error_id) do update set attempts = r.attempts + excluded.attempts
),
conflict_hours as (
    insert into synchealth.rollup_conflict_hour as r (core_id, bucket_at, conflict_id, conflicts, discarded)
    select core_id, at, conflict_id, conflicts, discarded from conflict_hour
    order by 1, 2, 3
    on conflict (core_id, bucket_at, conflict_id) do update set conflicts = r.conflicts + excluded.conflicts, discarded = r.discarded + excluded.discarded
),
conflict_days as (
    insert into synchealth.rollup_conflict_day as r (core_id, bucket_at, conflict_id, conflicts, discarded)
    select core_id, date_trunc('day', at, 'UTC'), conflict_id, sum(conflicts), sum(discarded) from conflict_hour
    group by 1, 2, 3
    order by 1, 2, 3
    on conflict (core_id, bucket_at, conflict_id) do update set conflicts = r.conflicts + excluded.conflicts, discarded = r.discarded + excluded.discarded
)
select (select count(*) from gone) as "Folded", grown.grain as "Grain", grown.core_id as "CoreId", grown.segment_id as "SegmentId",
       grown.promoted_id as "PromotedId", grown.at as "At", grown.lag_class as "LagClass", grown.success_sketch as "SuccessSketch", grown.other_sketch as "OtherSketch"
from (values (true)) one
left join (
    select 'minute' as grain, * from minutes
    union all select 'hour', * from hours
    union all select 'day', * from days
    union all select 'fine_hour', * from fine_hours
    union all select 'fine_day', * from fine_days
    union all select 'arrival', * from arrivals
) grown on octet_length(grown.success_sketch) + octet_length(grown.other_sketch) > @MaxSketchBytes;
