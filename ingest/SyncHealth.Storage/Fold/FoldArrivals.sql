-- Adds counts to the arrival minutes and lag classes of core segments. Parallel arrays, in key order.
-- Returns the rows whose sketches have grown beyond @MaxSketchBytes by concatenation. Upserts by primary key. The caller holds the fold's lock.
with grown as (
    insert into synchealth.rollup_arrival as r (
        core_id, arrival_at, lag_class, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s,
        conflicted, conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown, discarded,
        retries, pushed, pulled, applied, rejected, bytes_up, bytes_down, duration_ms_sum, success_sketch, other_sketch)
    select * from unnest(
        @id::integer[], @at::timestamptz[], @lag_class::smallint[], @attempts::integer[], @successes::integer[], @partials::integer[],
        @cancelled::integer[], @first_try::integer[], @offline_failures::integer[], @server_failures::integer[], @app_failures::integer[],
        @over_60s::integer[], @conflicted::integer[], @conflicts_lww::bigint[], @conflicts_crdt::bigint[], @conflicts_merge::bigint[],
        @conflicts_ot::bigint[], @conflicts_manual::bigint[], @conflicts_unresolved::bigint[], @conflicts_unknown::bigint[], @discarded::bigint[],
        @retries::bigint[], @pushed::bigint[], @pulled::bigint[], @applied::bigint[], @rejected::bigint[], @bytes_up::bigint[], @bytes_down::bigint[],
        @duration_ms_sum::bigint[], @success_sketch::bytea[], @other_sketch::bytea[])
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
    returning core_id, null::integer, null::integer, arrival_at, lag_class, success_sketch, other_sketch
)
select 'arrival' as "Grain", g.core_id as "CoreId", g.segment_id as "SegmentId", g.promoted_id as "PromotedId", g.at as "At", g.lag_class as "LagClass", g.success_sketch as "SuccessSketch", g.other_sketch as "OtherSketch"
from grown g (core_id, segment_id, promoted_id, at, lag_class, success_sketch, other_sketch)
where octet_length(g.success_sketch) + octet_length(g.other_sketch) > @MaxSketchBytes;
