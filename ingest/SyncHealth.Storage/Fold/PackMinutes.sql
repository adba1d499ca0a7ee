-- Packs the minutes of one hour from before @Before, what was packed of it before and the rows since, in one statement: a reader's snapshot sees each in one or the other.
-- @Hour: its start. At most @ChunkSegments core segments a pack, of one app each. A sketch beyond @MaxSketchBytes is written in its shortest form.
-- Returns how many rows went into packs. Index: rollup_minute_pkey, rollup_minute_pack_pkey. The caller holds the fold's lock.
with gone as (
    delete from synchealth.rollup_minute where bucket_at >= @Hour and bucket_at < least(@Hour::timestamptz + interval '1 hour', @Before::timestamptz)
    returning *
),
old as (
    delete from synchealth.rollup_minute_pack where bucket_at >= @Hour and bucket_at < @Hour + interval '1 hour'
    returning *
),
cell as (
    select x.bucket_at, x.core_id,
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
        select r.bucket_at, r.core_id, r.attempts, r.attempts - coalesce(r.successes, 0) as failures, r.partials, r.cancelled,
            coalesce(r.successes, 0) - coalesce(r.first_try, 0) as retried,
            r.offline_failures, r.server_failures, r.app_failures, r.over_60s, r.conflicted, r.conflicts_lww, r.conflicts_crdt, r.conflicts_merge,
            r.conflicts_ot, r.conflicts_manual, r.conflicts_unresolved, r.conflicts_unknown, r.discarded, r.pushed, r.pulled, r.bytes_up,
            r.bytes_down, r.success_sketch, r.other_sketch
        from gone r
        union all
        select p.bucket_at, unnest(p.core_ids), unnest(p.attempts), unnest(p.failures), unnest(p.partials), unnest(p.cancelled), unnest(p.retried),
            unnest(p.offline_failures), unnest(p.server_failures), unnest(p.app_failures), unnest(p.over_60s), unnest(p.conflicted),
            unnest(p.conflicts_lww), unnest(p.conflicts_crdt), unnest(p.conflicts_merge), unnest(p.conflicts_ot), unnest(p.conflicts_manual),
            unnest(p.conflicts_unresolved), unnest(p.conflicts_unknown), unnest(p.discarded), unnest(p.pushed), unnest(p.pulled), unnest(p.bytes_up),
            unnest(p.bytes_down), unnest(p.success_sketches), unnest(p.other_sketches)
        from old p) x
    group by x.bucket_at, x.core_id
),
chunked as (
    select c.*, s.app_id, (row_number() over (partition by c.bucket_at, s.app_id order by c.core_id) - 1) / @ChunkSegments as chunk
    from cell c left join synchealth.core_segment s using (core_id)
),
packed as (
    insert into synchealth.rollup_minute_pack (
        bucket_at, core_id, segments, core_ids, attempts, failures, partials, cancelled, retried, offline_failures, server_failures, app_failures, over_60s,
        conflicted, conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot, conflicts_manual, conflicts_unresolved, conflicts_unknown,
        discarded, pushed, pulled, bytes_up, bytes_down, success_sketches, other_sketches)
    select bucket_at, min(core_id), count(*), array_agg(core_id order by core_id), array_agg(attempts order by core_id)::integer[],
        case when bool_or(failures <> 0) then array_agg(failures order by core_id)::integer[] end,
        case when bool_or(partials <> 0) then array_agg(partials order by core_id)::integer[] end,
        case when bool_or(cancelled <> 0) then array_agg(cancelled order by core_id)::integer[] end,
        case when bool_or(retried <> 0) then array_agg(retried order by core_id)::integer[] end,
        case when bool_or(offline_failures <> 0) then array_agg(offline_failures order by core_id)::integer[] end,
        case when bool_or(server_failures <> 0) then array_agg(server_failures order by core_id)::integer[] end,
        case when bool_or(app_failures <> 0) then array_agg(app_failures order by core_id)::integer[] end,
        case when bool_or(over_60s <> 0) then array_agg(over_60s order by core_id)::integer[] end,
        case when bool_or(conflicted <> 0) then array_agg(conflicted order by core_id)::integer[] end,
        case when bool_or(conflicts_lww <> 0) then array_agg(conflicts_lww order by core_id)::bigint[] end,
        case when bool_or(conflicts_crdt <> 0) then array_agg(conflicts_crdt order by core_id)::bigint[] end,
        case when bool_or(conflicts_merge <> 0) then array_agg(conflicts_merge order by core_id)::bigint[] end,
        case when bool_or(conflicts_ot <> 0) then array_agg(conflicts_ot order by core_id)::bigint[] end,
        case when bool_or(conflicts_manual <> 0) then array_agg(conflicts_manual order by core_id)::bigint[] end,
        case when bool_or(conflicts_unresolved <> 0) then array_agg(conflicts_unresolved order by core_id)::bigint[] end,
        case when bool_or(conflicts_unknown <> 0) then array_agg(conflicts_unknown order by core_id)::bigint[] end,
        case when bool_or(discarded <> 0) then array_agg(discarded order by core_id)::bigint[] end,
        case when bool_or(pushed <> 0) then array_agg(pushed order by core_id)::bigint[] end,
        case when bool_or(pulled <> 0) then array_agg(pulled order by core_id)::bigint[] end,
        case when bool_or(bytes_up <> 0) then array_agg(bytes_up order by core_id)::bigint[] end,
        case when bool_or(bytes_down <> 0) then array_agg(bytes_down order by core_id)::bigint[] end,
        case when bool_or(success_sketch <> '') then array_agg(success_sketch order by core_id) end,
        case when bool_or(other_sketch <> '') then array_agg(other_sketch order by core_id) end
    from chunked
    group by bucket_at, app_id, chunk
)
select count(*) from gone;
