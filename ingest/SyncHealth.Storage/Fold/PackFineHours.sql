-- Packs the fine hours of a core segment's day from before @Before anew, what was packed before and the rows since, in one statement: a reader's snapshot sees each in one
-- or the other. @DayAt: its start. A sketch beyond @MaxSketchBytes is written in its shortest form. Returns how many rows went into packs.
-- Index: rollup_fine_hour_pkey, rollup_fine_hour_pack_pkey. The caller holds the fold's lock.
with gone as (
    delete from synchealth.rollup_fine_hour r
    using synchealth.segment s
    where s.core_id = @CoreId and r.segment_id = s.segment_id
      and r.bucket_at >= @DayAt and r.bucket_at < least(@DayAt::timestamptz + interval '24 hours', @Before::timestamptz)
    returning r.*
),
old as (
    delete from synchealth.rollup_fine_hour_pack where core_id = @CoreId and day_at = @DayAt
    returning *
),
cell as (
    select x.hour, x.segment_id, coalesce(x.promoted_id, 0) as promoted_id,
        coalesce(sum(x.attempts), 0) as attempts, coalesce(sum(x.failures), 0) as failures, coalesce(sum(x.partials), 0) as partials,
        coalesce(sum(x.cancelled), 0) as cancelled, coalesce(sum(x.retried), 0) as retried, coalesce(sum(x.offline_failures), 0) as offline_failures,
        coalesce(sum(x.server_failures), 0) as server_failures, coalesce(sum(x.app_failures), 0) as app_failures,
        coalesce(sum(x.over_60s), 0) as over_60s, coalesce(sum(x.conflicted), 0) as conflicted, coalesce(sum(x.conflicts_lww), 0) as conflicts_lww,
        coalesce(sum(x.conflicts_crdt), 0) as conflicts_crdt, coalesce(sum(x.conflicts_merge), 0) as conflicts_merge,
        coalesce(sum(x.conflicts_ot), 0) as conflicts_ot, coalesce(sum(x.conflicts_manual), 0) as conflicts_manual,
        coalesce(sum(x.conflicts_unresolved), 0) as conflicts_unresolved, coalesce(sum(x.conflicts_unknown), 0) as conflicts_unknown,
        coalesce(sum(x.discarded), 0) as discarded, coalesce(sum(x.pushed), 0) as pushed, coalesce(sum(x.pulled), 0) as pulled,
        coalesce(sum(x.bytes_up), 0) as bytes_up, coalesce(sum(x.bytes_down), 0) as bytes_down,
        synchealth.bounded_sketch(coalesce(string_agg(x.success_sketch, ''::bytea), ''), @MaxSketchBytes) as success_sketch,
        synchealth.bounded_sketch(coalesce(string_agg(x.other_sketch, ''::bytea), ''), @MaxSketchBytes) as other_sketch
    from (
        select date_part('hour', r.bucket_at at time zone 'UTC')::smallint as hour, r.segment_id, r.promoted_id, r.attempts,
            r.attempts - coalesce(r.successes, 0) as failures, r.partials, r.cancelled, coalesce(r.successes, 0) - coalesce(r.first_try, 0) as retried,
            r.offline_failures, r.server_failures, r.app_failures, r.over_60s, r.conflicted, r.conflicts_lww, r.conflicts_crdt, r.conflicts_merge,
            r.conflicts_ot, r.conflicts_manual, r.conflicts_unresolved, r.conflicts_unknown, r.discarded, r.pushed, r.pulled, r.bytes_up,
            r.bytes_down, r.success_sketch, r.other_sketch
        from gone r
        union all
        select unnest(p.hours), unnest(p.segment_ids), unnest(p.promoted_ids), unnest(p.attempts), unnest(p.failures), unnest(p.partials),
            unnest(p.cancelled), unnest(p.retried), unnest(p.offline_failures), unnest(p.server_failures), unnest(p.app_failures),
            unnest(p.over_60s), unnest(p.conflicted), unnest(p.conflicts_lww), unnest(p.conflicts_crdt), unnest(p.conflicts_merge),
            unnest(p.conflicts_ot), unnest(p.conflicts_manual), unnest(p.conflicts_unresolved), unnest(p.conflicts_unknown), unnest(p.discarded),
            unnest(p.pushed), unnest(p.pulled), unnest(p.bytes_up), unnest(p.bytes_down), unnest(p.success_sketches), unnest(p.other_sketches)
        from old p) x
    group by 1, 2, 3
),
packed as (
    insert into synchealth.rollup_fine_hour_pack (
        core_id, day_at, cells, hours, segment_ids, promoted_ids, attempts, failures, partials, cancelled, retried, offline_failures,
        server_failures, app_failures, over_60s, conflicted, conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual,
        conflicts_unresolved, conflicts_unknown, discarded, pushed, pulled, bytes_up, bytes_down, success_sketches, other_sketches)
    select @CoreId, @DayAt, count(*), array_agg(hour order by hour, segment_id, promoted_id), array_agg(segment_id order by hour, segment_id, promoted_id),
        case when bool_or(promoted_id <> 0) then array_agg(promoted_id order by hour, segment_id, promoted_id) end,
        array_agg(attempts order by hour, segment_id, promoted_id)::integer[],
        case when bool_or(failures <> 0) then array_agg(failures order by hour, segment_id, promoted_id)::integer[] end,
        case when bool_or(partials <> 0) then array_agg(partials order by hour, segment_id, promoted_id)::integer[] end,
        case when bool_or(cancelled <> 0) then array_agg(cancelled order by hour, segment_id, promoted_id)::integer[] end,
        case when bool_or(retried <> 0) then array_agg(retried order by hour, segment_id, promoted_id)::integer[] end,
        case when bool_or(offline_failures <> 0) then array_agg(offline_failures order by hour, segment_id, promoted_id)::integer[] end,
        case when bool_or(server_failures <> 0) then array_agg(server_failures order by hour, segment_id, promoted_id)::integer[] end,
        case when bool_or(app_failures <> 0) then array_agg(app_failures order by hour, segment_id, promoted_id)::integer[] end,
        case when bool_or(over_60s <> 0) then array_agg(over_60s order by hour, segment_id, promoted_id)::integer[] end,
        case when bool_or(conflicted <> 0) then array_agg(conflicted order by hour, segment_id, promoted_id)::integer[] end,
        case when bool_or(conflicts_lww <> 0) then array_agg(conflicts_lww order by hour, segment_id, promoted_id)::bigint[] end,
        case when bool_or(conflicts_crdt <> 0) then array_agg(conflicts_crdt order by hour, segment_id, promoted_id)::bigint[] end,
        case when bool_or(conflicts_merge <> 0) then array_agg(conflicts_merge order by hour, segment_id, promoted_id)::bigint[] end,
        case when bool_or(conflicts_ot <> 0) then array_agg(conflicts_ot order by hour, segment_id, promoted_id)::bigint[] end,
        case when bool_or(conflicts_manual <> 0) then array_agg(conflicts_manual order by hour, segment_id, promoted_id)::bigint[] end,
        case when bool_or(conflicts_unresolved <> 0) then array_agg(conflicts_unresolved order by hour, segment_id, promoted_id)::bigint[] end,
        case when bool_or(conflicts_unknown <> 0) then array_agg(conflicts_unknown order by hour, segment_id, promoted_id)::bigint[] end,
        case when bool_or(discarded <> 0) then array_agg(discarded order by hour, segment_id, promoted_id)::bigint[] end,
        case when bool_or(pushed <> 0) then array_agg(pushed order by hour, segment_id, promoted_id)::bigint[] end,
        case when bool_or(pulled <> 0) then array_agg(pulled order by hour, segment_id, promoted_id)::bigint[] end,
        case when bool_or(bytes_up <> 0) then array_agg(bytes_up order by hour, segment_id, promoted_id)::bigint[] end,
        case when bool_or(bytes_down <> 0) then array_agg(bytes_down order by hour, segment_id, promoted_id)::bigint[] end,
        case when bool_or(success_sketch <> '') then array_agg(success_sketch order by hour, segment_id, promoted_id) end,
        case when bool_or(other_sketch <> '') then array_agg(other_sketch order by hour, segment_id, promoted_id) end
    from cell
    having count(*) > 0
)
select count(*) from gone;
