-- Takes arrivals from before @MinutesFrom (start of an hour) out of their minutes, at most @Limit rows, as increments of their hours: columns as TakeIncrements.
-- An hour stands under its first minute, whose own row it is. Index: rollup_arrival_minute. The caller holds the fold's lock, and adds them to the
-- rollup in this transaction.
delete from synchealth.rollup_arrival
where ctid = any (array(
    select ctid from synchealth.rollup_arrival
    where arrival_at < @MinutesFrom and date_part('minute', arrival_at at time zone 'UTC') <> 0
    limit @Limit))
returning null::timestamptz as bucket_at, arrival_at, core_id, null::integer as segment_id, null::integer as promoted_id, lag_class, attempts, successes,
    partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted, conflicts_lww, conflicts_crdt,
    conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown, discarded, retries, pushed, pulled, applied, rejected,
    bytes_up, bytes_down, duration_ms_sum, success_sketch, other_sketch,
    null::integer[] as error_ids, null::bigint[] as error_counts, null::integer[] as conflict_ids, null::bigint[] as conflict_counts,
    null::bigint[] as conflict_discarded;
