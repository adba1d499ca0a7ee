-- Adds counts to the margins of one grain; a count of 0 is null. @grain: as in rollup_margin. Parallel arrays, sorted by key here.
-- Returns the rows whose sketches have grown beyond @MaxSketchBytes by concatenation. Upserts by primary key. The caller holds the fold's lock.
with grown as (
    insert into synchealth.rollup_margin as r (
        grain, app_id, dimension, environment, value, bucket_at, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted,
        conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown, discarded, retries,
        pushed, pulled, applied, rejected, bytes_up, bytes_down, duration_ms_sum, success_sketch, other_sketch)
    select @grain::smallint, x.app_id, x.dimension, x.environment, x.value, x.at, x.attempts,
        nullif(x.successes, 0), nullif(x.partials, 0), nullif(x.cancelled, 0), nullif(x.first_try, 0), nullif(x.offline_failures, 0), nullif(x.server_failures, 0),
        nullif(x.app_failures, 0), nullif(x.over_60s, 0), nullif(x.conflicted, 0), nullif(x.conflicts_lww, 0), nullif(x.conflicts_crdt, 0),
        nullif(x.conflicts_merge, 0), nullif(x.conflicts_ot, 0), nullif(x.conflicts_manual, 0), nullif(x.conflicts_unresolved, 0), nullif(x.conflicts_unknown, 0),
        nullif(x.discarded, 0), nullif(x.retries, 0), nullif(x.pushed, 0), nullif(x.pulled, 0), nullif(x.applied, 0), nullif(x.rejected, 0), nullif(x.bytes_up, 0),
        nullif(x.bytes_down, 0), nullif(x.duration_ms_sum, 0), x.success_sketch, x.other_sketch
    from unnest(
        @apps::integer[], @dimensions::text[], @environments::text[], @values::text[], @at::timestamptz[], @attempts::integer[], @successes::integer[], @partials::integer[], @cancelled::integer[],
        @first_try::integer[], @offline_failures::integer[], @server_failures::integer[], @app_failures::integer[], @over_60s::integer[],
        @conflicted::integer[], @conflicts_lww::bigint[], @conflicts_crdt::bigint[], @conflicts_merge::bigint[], @conflicts_ot::bigint[],
        @conflicts_manual::bigint[], @conflicts_unresolved::bigint[], @conflicts_unknown::bigint[], @discarded::bigint[], @retries::bigint[],
        @pushed::bigint[], @pulled::bigint[], @applied::bigint[], @rejected::bigint[], @bytes_up::bigint[], @bytes_down::bigint[],
        @duration_ms_sum::bigint[], @success_sketch::bytea[], @other_sketch::bytea[]) x (
        app_id, dimension, environment, value, at, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s,
        conflicted, conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown, discarded, retries,
        pushed, pulled, applied, rejected, bytes_up, bytes_down, duration_ms_sum, success_sketch, other_sketch)
    order by x.app_id, x.dimension, x.at, x.environment, x.value
    on conflict (app_id, dimension, grain, bucket_at, environment, value) do update set
        attempts = r.attempts + excluded.attempts, successes = coalesce(r.successes + excluded.successes, r.successes, excluded.successes),
        partials = coalesce(r.partials + excluded.partials, r.partials, excluded.partials),
        cancelled = coalesce(r.cancelled + excluded.cancelled, r.cancelled, excluded.cancelled),
        first_try = coalesce(r.first_try + excluded.first_try, r.first_try, excluded.first_try),
        offline_failures = coalesce(r.offline_failures + excluded.offline_failures, r.offline_failures, excluded.offline_failures),
        server_failures = coalesce(r.server_failures + excluded.server_failures, r.server_failures, excluded.server_failures),
        app_failures = coalesce(r.app_failures + excluded.app_failures, r.app_failures, excluded.app_failures),
        over_60s = coalesce(r.over_60s + excluded.over_60s, r.over_60s, excluded.over_60s),
        conflicted = coalesce(r.conflicted + excluded.conflicted, r.conflicted, excluded.conflicted),
        conflicts_lww = coalesce(r.conflicts_lww + excluded.conflicts_lww, r.conflicts_lww, excluded.conflicts_lww),
        conflicts_crdt = coalesce(r.conflicts_crdt + excluded.conflicts_crdt, r.conflicts_crdt, excluded.conflicts_crdt),
        conflicts_merge = coalesce(r.conflicts_merge + excluded.conflicts_merge, r.conflicts_merge, excluded.conflicts_merge),
        conflicts_ot = coalesce(r.conflicts_ot + excluded.conflicts_ot, r.conflicts_ot, excluded.conflicts_ot),
        conflicts_manual = coalesce(r.conflicts_manual + excluded.conflicts_manual, r.conflicts_manual, excluded.conflicts_manual),
        conflicts_unresolved = coalesce(r.conflicts_unresolved + excluded.conflicts_unresolved, r.conflicts_unresolved, excluded.conflicts_unresolved),
        conflicts_unknown = coalesce(r.conflicts_unknown + excluded.conflicts_unknown, r.conflicts_unknown, excluded.conflicts_unknown),
        discarded = coalesce(r.discarded + excluded.discarded, r.discarded, excluded.discarded),
        retries = coalesce(r.retries + excluded.retries, r.retries, excluded.retries),
        pushed = coalesce(r.pushed + excluded.pushed, r.pushed, excluded.pushed),
        pulled = coalesce(r.pulled + excluded.pulled, r.pulled, excluded.pulled),
        applied = coalesce(r.applied + excluded.applied, r.applied, excluded.applied),
        rejected = coalesce(r.rejected + excluded.rejected, r.rejected, excluded.rejected),
        bytes_up = coalesce(r.bytes_up + excluded.bytes_up, r.bytes_up, excluded.bytes_up),
        bytes_down = coalesce(r.bytes_down + excluded.bytes_down, r.bytes_down, excluded.bytes_down),
        duration_ms_sum = coalesce(r.duration_ms_sum + excluded.duration_ms_sum, r.duration_ms_sum, excluded.duration_ms_sum),
        success_sketch = r.success_sketch || excluded.success_sketch, other_sketch = r.other_sketch || excluded.other_sketch
    returning app_id, dimension, environment, value, bucket_at, success_sketch, other_sketch
)
select g.app_id as "AppId", g.dimension as "Dimension", g.environment as "Environment", g.value as "Value", g.bucket_at as "At",
    g.success_sketch as "SuccessSketch", g.other_sketch as "OtherSketch"
from grown g
where octet_length(g.success_sketch) + octet_length(g.other_sketch) > @MaxSketchBytes;
