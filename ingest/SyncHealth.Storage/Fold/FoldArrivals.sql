-- Moves arrivals from before @MinutesFrom (start of an hour) out of their minutes into their hours, at most @Limit rows, in one statement: a reader's snapshot
-- sees every arrival once. An hour stands under its first minute, whose own row it is. Upserts by primary key, in key order.
-- Returns as FoldCores. Index: rollup_arrival_minute. The caller holds the fold's lock.
with gone as (
    delete from synchealth.rollup_arrival
    where ctid = any (array(
        select ctid from synchealth.rollup_arrival
        where arrival_at < @MinutesFrom and date_part('minute', arrival_at at time zone 'UTC') <> 0
        limit @Limit))
    returning *
),
summed as (
    select core_id, date_trunc('hour', arrival_at, 'UTC') as at, lag_class,
        sum(attempts) as attempts, sum(successes) as successes, sum(partials) as partials, sum(cancelled) as cancelled, sum(first_try) as first_try,
        sum(offline_failures) as offline_failures, sum(server_failures) as server_failures, sum(app_failures) as app_failures,
        sum(over_60s) as over_60s, sum(conflicted) as conflicted, sum(conflicts_lww) as conflicts_lww, sum(conflicts_crdt) as conflicts_crdt,
        sum(conflicts_merge) as conflicts_merge, sum(conflicts_ot) as conflicts_ot, sum(conflicts_manual) as conflicts_manual,
        sum(conflicts_unresolved) as conflicts_unresolved, sum(conflicts_unknown) as conflicts_unknown, sum(discarded) as discarded,
        sum(retries) as retries, sum(pushed) as pushed, sum(pulled) as pulled, sum(applied) as applied, sum(rejected) as rejected,
        sum(bytes_up) as bytes_up, sum(bytes_down) as bytes_down, sum(duration_ms_sum) as duration_ms_sum,
        string_agg(success_sketch, '') as success_sketch, string_agg(other_sketch, '') as other_sketch
    from gone
    group by 1, 2, 3
),
hours as (
    insert into synchealth.rollup_arrival as r (
        core_id, arrival_at, lag_class, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures,
        over_60s, conflicted, conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown,
        discarded, retries, pushed, pulled, applied, rejected, bytes_up, bytes_down, duration_ms_sum, success_sketch, other_sketch)
    select
        core_id, at, lag_class, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s,
        conflicted, conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown,
        discarded, retries, pushed, pulled, applied, rejected, bytes_up, bytes_down, duration_ms_sum, success_sketch, other_sketch
    from summed
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
    returning core_id, arrival_at, lag_class, success_sketch, other_sketch
)
select (select count(*) from gone) as "Folded", case when grown.core_id is not null then 'arrival' end as "Grain", grown.core_id as "CoreId",
       null::integer as "SegmentId", null::integer as "PromotedId", grown.arrival_at as "At", grown.lag_class as "LagClass",
       grown.success_sketch as "SuccessSketch", grown.other_sketch as "OtherSketch"
from (values (true)) one
left join hours grown on octet_length(grown.success_sketch) + octet_length(grown.other_sketch) > @MaxSketchBytes;
