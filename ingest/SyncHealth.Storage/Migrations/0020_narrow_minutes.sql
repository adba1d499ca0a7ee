-- A minute of a core segment holds few attempts, and most of its counts are 0. They are null, which halves a row: rows of minutes are nearly as
-- many as events when a fleet is small. Zeros that stand there stay; both read as 0 in core_row.
alter table synchealth.rollup_minute
    alter column successes drop not null, alter column partials drop not null, alter column cancelled drop not null,
    alter column first_try drop not null, alter column offline_failures drop not null, alter column server_failures drop not null,
    alter column app_failures drop not null, alter column over_60s drop not null, alter column conflicted drop not null,
    alter column conflicts_lww drop not null, alter column conflicts_crdt drop not null, alter column conflicts_merge drop not null,
    alter column conflicts_ot drop not null, alter column conflicts_manual drop not null, alter column conflicts_unresolved drop not null,
    alter column conflicts_unknown drop not null, alter column discarded drop not null, alter column retries drop not null,
    alter column pushed drop not null, alter column pulled drop not null, alter column applied drop not null, alter column rejected drop not null,
    alter column bytes_up drop not null, alter column bytes_down drop not null, alter column duration_ms_sum drop not null;

-- As before, with the minutes' zeros.
create or replace view synchealth.core_row as
    select 3 as grain, bucket_at, core_id, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted,
           conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown, discarded,
           pushed, pulled, bytes_up, bytes_down, success_sketch, other_sketch
    from synchealth.rollup_day
    union all
    select 2, bucket_at, core_id, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted,
           conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown, discarded,
           pushed, pulled, bytes_up, bytes_down, success_sketch, other_sketch
    from synchealth.rollup_hour
    union all
    select 1, bucket_at, core_id, attempts, coalesce(successes, 0) as successes, coalesce(partials, 0) as partials, coalesce(cancelled, 0) as cancelled, coalesce(first_try, 0) as first_try,
           coalesce(offline_failures, 0) as offline_failures, coalesce(server_failures, 0) as server_failures, coalesce(app_failures, 0) as app_failures, coalesce(over_60s, 0) as over_60s, coalesce(conflicted, 0) as conflicted,
           coalesce(conflicts_lww, 0) as conflicts_lww, coalesce(conflicts_crdt, 0) as conflicts_crdt, coalesce(conflicts_merge, 0) as conflicts_merge, coalesce(conflicts_ot, 0) as conflicts_ot, coalesce(conflicts_manual, 0) as conflicts_manual,
           coalesce(conflicts_unresolved, 0) as conflicts_unresolved, coalesce(conflicts_unknown, 0) as conflicts_unknown, coalesce(discarded, 0) as discarded,
           coalesce(pushed, 0) as pushed, coalesce(pulled, 0) as pulled, coalesce(bytes_up, 0) as bytes_up, coalesce(bytes_down, 0) as bytes_down,
           success_sketch, other_sketch
    from synchealth.rollup_minute
    union all
    select 0, bucket_at, core_id, attempts, coalesce(successes, 0) as successes, coalesce(partials, 0) as partials, coalesce(cancelled, 0) as cancelled, coalesce(first_try, 0) as first_try,
           coalesce(offline_failures, 0) as offline_failures, coalesce(server_failures, 0) as server_failures, coalesce(app_failures, 0) as app_failures, coalesce(over_60s, 0) as over_60s, coalesce(conflicted, 0) as conflicted,
           coalesce(conflicts_lww, 0) as conflicts_lww, coalesce(conflicts_crdt, 0) as conflicts_crdt, coalesce(conflicts_merge, 0) as conflicts_merge, coalesce(conflicts_ot, 0) as conflicts_ot, coalesce(conflicts_manual, 0) as conflicts_manual,
           coalesce(conflicts_unresolved, 0) as conflicts_unresolved, coalesce(conflicts_unknown, 0) as conflicts_unknown, coalesce(discarded, 0) as discarded,
           coalesce(pushed, 0) as pushed, coalesce(pulled, 0) as pulled, coalesce(bytes_up, 0) as bytes_up, coalesce(bytes_down, 0) as bytes_down,
           coalesce(success_sketch, '') as success_sketch, coalesce(other_sketch, '') as other_sketch
    from synchealth.core_increment;
