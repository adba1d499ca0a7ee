-- Packs the arrivals of one hour, what was packed of it before and the rows since, in one statement: a reader's snapshot sees each in one or the other.
-- @Hour: its start. Returns how many rows went into packs. Index: rollup_arrival_bucket, rollup_arrival_pack_pkey. The caller holds the fold's lock.
with gone as (
    delete from synchealth.rollup_arrival where arrival_at >= @Hour and arrival_at < @Hour + interval '1 hour'
    returning *
),
old as (
    delete from synchealth.rollup_arrival_pack where hour_at = @Hour
    returning *
),
cell as (
    select x.core_id, x.minute, x.lag_class,
        coalesce(sum(x.attempts), 0) as attempts, coalesce(sum(x.successes), 0) as successes, coalesce(sum(x.partials), 0) as partials,
        coalesce(sum(x.cancelled), 0) as cancelled, coalesce(sum(x.first_try), 0) as first_try, coalesce(sum(x.offline_failures), 0) as offline_failures,
        coalesce(sum(x.server_failures), 0) as server_failures, coalesce(sum(x.app_failures), 0) as app_failures,
        coalesce(sum(x.over_60s), 0) as over_60s, coalesce(sum(x.conflicted), 0) as conflicted, coalesce(sum(x.conflicts_lww), 0) as conflicts_lww,
        coalesce(sum(x.conflicts_crdt), 0) as conflicts_crdt, coalesce(sum(x.conflicts_merge), 0) as conflicts_merge,
        coalesce(sum(x.conflicts_ot), 0) as conflicts_ot, coalesce(sum(x.conflicts_manual), 0) as conflicts_manual,
        coalesce(sum(x.conflicts_unresolved), 0) as conflicts_unresolved, coalesce(sum(x.conflicts_unknown), 0) as conflicts_unknown,
        coalesce(sum(x.discarded), 0) as discarded, coalesce(sum(x.pushed), 0) as pushed,
        coalesce(sum(x.pulled), 0) as pulled,
        coalesce(sum(x.bytes_up), 0) as bytes_up, coalesce(sum(x.bytes_down), 0) as bytes_down,
        coalesce(string_agg(x.success_sketch, ''::bytea), '') as success_sketch, coalesce(string_agg(x.other_sketch, ''::bytea), '') as other_sketch
    from (
        select r.core_id, date_part('minute', r.arrival_at at time zone 'UTC')::smallint as minute, r.lag_class,
            r.attempts, r.successes, r.partials, r.cancelled, r.first_try, r.offline_failures, r.server_failures, r.app_failures, r.over_60s,
            r.conflicted, r.conflicts_lww, r.conflicts_crdt, r.conflicts_merge, r.conflicts_ot, r.conflicts_manual, r.conflicts_unresolved,
            r.conflicts_unknown, r.discarded, r.pushed, r.pulled, r.bytes_up, r.bytes_down,
            r.success_sketch, r.other_sketch
        from gone r
        union all
        select p.core_id, unnest(p.minutes), unnest(p.lag_classes),
            unnest(p.attempts), unnest(p.successes), unnest(p.partials), unnest(p.cancelled), unnest(p.first_try), unnest(p.offline_failures),
            unnest(p.server_failures), unnest(p.app_failures), unnest(p.over_60s), unnest(p.conflicted), unnest(p.conflicts_lww),
            unnest(p.conflicts_crdt), unnest(p.conflicts_merge), unnest(p.conflicts_ot), unnest(p.conflicts_manual), unnest(p.conflicts_unresolved),
            unnest(p.conflicts_unknown), unnest(p.discarded), unnest(p.pushed), unnest(p.pulled),
            unnest(p.bytes_up), unnest(p.bytes_down), unnest(p.success_sketches), unnest(p.other_sketches)
        from old p) x
    group by x.core_id, x.minute, x.lag_class
),
packed as (
    insert into synchealth.rollup_arrival_pack (
        hour_at, core_id, minutes, lag_classes,
        attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted, conflicts_lww,
        conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown, discarded, pushed, pulled,
        bytes_up, bytes_down, success_sketches, other_sketches)
    select @Hour, core_id, array_agg(minute order by minute, lag_class), array_agg(lag_class order by minute, lag_class),
        array_agg(attempts order by minute, lag_class)::integer[],
        case when bool_or(successes <> 0) then array_agg(successes order by minute, lag_class)::integer[] end,
        case when bool_or(partials <> 0) then array_agg(partials order by minute, lag_class)::integer[] end,
        case when bool_or(cancelled <> 0) then array_agg(cancelled order by minute, lag_class)::integer[] end,
        case when bool_or(first_try <> 0) then array_agg(first_try order by minute, lag_class)::integer[] end,
        case when bool_or(offline_failures <> 0) then array_agg(offline_failures order by minute, lag_class)::integer[] end,
        case when bool_or(server_failures <> 0) then array_agg(server_failures order by minute, lag_class)::integer[] end,
        case when bool_or(app_failures <> 0) then array_agg(app_failures order by minute, lag_class)::integer[] end,
        case when bool_or(over_60s <> 0) then array_agg(over_60s order by minute, lag_class)::integer[] end,
        case when bool_or(conflicted <> 0) then array_agg(conflicted order by minute, lag_class)::integer[] end,
        case when bool_or(conflicts_lww <> 0) then array_agg(conflicts_lww order by minute, lag_class)::bigint[] end,
        case when bool_or(conflicts_crdt <> 0) then array_agg(conflicts_crdt order by minute, lag_class)::bigint[] end,
        case when bool_or(conflicts_merge <> 0) then array_agg(conflicts_merge order by minute, lag_class)::bigint[] end,
        case when bool_or(conflicts_ot <> 0) then array_agg(conflicts_ot order by minute, lag_class)::bigint[] end,
        case when bool_or(conflicts_manual <> 0) then array_agg(conflicts_manual order by minute, lag_class)::bigint[] end,
        case when bool_or(conflicts_unresolved <> 0) then array_agg(conflicts_unresolved order by minute, lag_class)::bigint[] end,
        case when bool_or(conflicts_unknown <> 0) then array_agg(conflicts_unknown order by minute, lag_class)::bigint[] end,
        case when bool_or(discarded <> 0) then array_agg(discarded order by minute, lag_class)::bigint[] end,
        case when bool_or(pushed <> 0) then array_agg(pushed order by minute, lag_class)::bigint[] end,
        case when bool_or(pulled <> 0) then array_agg(pulled order by minute, lag_class)::bigint[] end,
        case when bool_or(bytes_up <> 0) then array_agg(bytes_up order by minute, lag_class)::bigint[] end,
        case when bool_or(bytes_down <> 0) then array_agg(bytes_down order by minute, lag_class)::bigint[] end,
        case when bool_or(success_sketch <> '') then array_agg(success_sketch order by minute, lag_class) end,
        case when bool_or(other_sketch <> '') then array_agg(other_sketch order by minute, lag_class) end
    from cell
    group by core_id
    order by core_id
)
select count(*) from gone;
