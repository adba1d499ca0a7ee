-- Takes arrivals from before @MinutesFrom (start of an hour) out of their minutes, at most about @Limit rows, as increments of their hours: columns as
-- TakeIncrements. An hour stands under its first minute, whose own row it is; a pack's first minute is taken too. Index: rollup_arrival_minute,
-- rollup_arrival_pack_pkey. The caller holds the fold's lock, and adds them to the rollup in this transaction.
with gone as (
    delete from synchealth.rollup_arrival
    where ctid = any (array(
        select ctid from synchealth.rollup_arrival
        where arrival_at < @MinutesFrom and date_part('minute', arrival_at at time zone 'UTC') <> 0
        limit @Limit))
    returning *
),
packed as (
    delete from synchealth.rollup_arrival_pack
    where ctid = any (array(select ctid from synchealth.rollup_arrival_pack where hour_at < @MinutesFrom limit @Limit / 60))
    returning *
),
taken as (
    select r.arrival_at, r.core_id, r.lag_class,
        r.attempts, r.successes, r.partials, r.cancelled, r.first_try, r.offline_failures, r.server_failures, r.app_failures, r.over_60s, r.conflicted,
        r.conflicts_lww, r.conflicts_crdt, r.conflicts_merge, r.conflicts_ot, r.conflicts_manual, r.conflicts_unresolved, r.conflicts_unknown,
        r.discarded, r.pushed, r.pulled, r.bytes_up, r.bytes_down, r.success_sketch, r.other_sketch
    from gone r
    union all
    select u.hour_at + interval '1 minute' * u.minute, u.core_id, u.lag_class,
        u.attempts, u.successes, u.partials, u.cancelled, u.first_try, u.offline_failures, u.server_failures, u.app_failures, u.over_60s, u.conflicted,
        u.conflicts_lww, u.conflicts_crdt, u.conflicts_merge, u.conflicts_ot, u.conflicts_manual, u.conflicts_unresolved, u.conflicts_unknown,
        u.discarded, u.pushed, u.pulled, u.bytes_up, u.bytes_down, u.success_sketch, u.other_sketch
    from (
        select p.hour_at, p.core_id, unnest(p.minutes) as minute, unnest(p.lag_classes) as lag_class,
            unnest(p.attempts) as attempts, unnest(p.successes) as successes, unnest(p.partials) as partials, unnest(p.cancelled) as cancelled,
            unnest(p.first_try) as first_try, unnest(p.offline_failures) as offline_failures, unnest(p.server_failures) as server_failures,
            unnest(p.app_failures) as app_failures, unnest(p.over_60s) as over_60s, unnest(p.conflicted) as conflicted,
            unnest(p.conflicts_lww) as conflicts_lww, unnest(p.conflicts_crdt) as conflicts_crdt, unnest(p.conflicts_merge) as conflicts_merge,
            unnest(p.conflicts_ot) as conflicts_ot, unnest(p.conflicts_manual) as conflicts_manual,
            unnest(p.conflicts_unresolved) as conflicts_unresolved, unnest(p.conflicts_unknown) as conflicts_unknown, unnest(p.discarded) as discarded,
            unnest(p.pushed) as pushed, unnest(p.pulled) as pulled,
            unnest(p.bytes_up) as bytes_up, unnest(p.bytes_down) as bytes_down,
            unnest(p.success_sketches) as success_sketch, unnest(p.other_sketches) as other_sketch
        from packed p) u
)
select null::timestamptz as bucket_at, t.arrival_at, t.core_id, null::integer as segment_id, null::integer as promoted_id, t.lag_class,
    t.attempts, t.successes, t.partials, t.cancelled, t.first_try, t.offline_failures, t.server_failures, t.app_failures, t.over_60s, t.conflicted,
    t.conflicts_lww, t.conflicts_crdt, t.conflicts_merge, t.conflicts_ot, t.conflicts_manual, t.conflicts_unresolved, t.conflicts_unknown, t.discarded,
    null::bigint as retries, t.pushed, t.pulled, null::bigint as applied, null::bigint as rejected, t.bytes_up, t.bytes_down, null::bigint as duration_ms_sum, t.success_sketch, t.other_sketch,
    null::integer[] as error_ids, null::bigint[] as error_counts, null::integer[] as conflict_ids, null::bigint[] as conflict_counts,
    null::bigint[] as conflict_discarded
from taken t;
