-- Takes waiting increments, at most @Limit rows, whichever come first on disk: no id cursor (commits are not in id order) and no truncate (a reader's
-- snapshot would lose rows). Columns in the order of CoreSums. The caller holds the fold's lock, and adds them to the rollups in this transaction.
delete from synchealth.core_increment
where ctid = any (array(select ctid from synchealth.core_increment limit @Limit))
returning bucket_at, arrival_at, core_id, segment_id, promoted_id, lag_class, attempts, successes, partials, cancelled, first_try, offline_failures,
    server_failures, app_failures, over_60s, conflicted, conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual,
    conflicts_unresolved, conflicts_unknown, discarded, retries, pushed, pulled, applied, rejected, bytes_up, bytes_down, duration_ms_sum,
    success_sketch, other_sketch, error_ids, error_counts, conflict_ids, conflict_counts, conflict_discarded;
