-- Packs a core segment's totals of devices anew, what was packed before and the rows since, in one statement: a reader's snapshot sees each in one or the
-- other. Chunks of @ChunkDevices devices. Returns how many rows went into them. By primary keys. The caller holds the fold's lock.
with gone as (
    delete from synchealth.device_release where core_id = @CoreId
    returning device_key, first_seen_at, last_seen_at, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted, conflicts
),
old as (
    delete from synchealth.device_release_pack where core_id = @CoreId
    returning *
),
cell as (
    select x.device_key, min(x.first_seen_at) as first_seen_at, max(x.last_seen_at) as last_seen_at,
        coalesce(sum(x.attempts), 0) as attempts, coalesce(sum(x.successes), 0) as successes, coalesce(sum(x.partials), 0) as partials,
        coalesce(sum(x.cancelled), 0) as cancelled, coalesce(sum(x.first_try), 0) as first_try, coalesce(sum(x.offline_failures), 0) as offline_failures,
        coalesce(sum(x.server_failures), 0) as server_failures, coalesce(sum(x.app_failures), 0) as app_failures,
        coalesce(sum(x.over_60s), 0) as over_60s, coalesce(sum(x.conflicted), 0) as conflicted, coalesce(sum(x.conflicts), 0) as conflicts,
        (row_number() over (order by x.device_key) - 1) / @ChunkDevices as chunk
    from (
        select * from gone
        union all
        select u.*
        from old o
        cross join lateral unnest(
            o.device_keys, o.first_seen_ats, o.last_seen_ats, o.attempts, o.successes, o.partials, o.cancelled, o.first_try, o.offline_failures, o.server_failures,
            o.app_failures, o.over_60s, o.conflicted, o.conflicts) u) x
    group by x.device_key
),
packed as (
    insert into synchealth.device_release_pack (
        core_id, first_key, last_key, devices, device_keys, first_seen_ats, last_seen_ats, attempts, successes, partials, cancelled, first_try, offline_failures,
        server_failures, app_failures, over_60s, conflicted, conflicts)
    select @CoreId, min(device_key), max(device_key), count(*), array_agg(device_key order by device_key),
        array_agg(first_seen_at order by device_key), array_agg(last_seen_at order by device_key),
        case when bool_or(attempts <> 0) then array_agg(attempts order by device_key)::integer[] end,
        case when bool_or(successes <> 0) then array_agg(successes order by device_key)::integer[] end,
        case when bool_or(partials <> 0) then array_agg(partials order by device_key)::integer[] end,
        case when bool_or(cancelled <> 0) then array_agg(cancelled order by device_key)::integer[] end,
        case when bool_or(first_try <> 0) then array_agg(first_try order by device_key)::integer[] end,
        case when bool_or(offline_failures <> 0) then array_agg(offline_failures order by device_key)::integer[] end,
        case when bool_or(server_failures <> 0) then array_agg(server_failures order by device_key)::integer[] end,
        case when bool_or(app_failures <> 0) then array_agg(app_failures order by device_key)::integer[] end,
        case when bool_or(over_60s <> 0) then array_agg(over_60s order by device_key)::integer[] end,
        case when bool_or(conflicted <> 0) then array_agg(conflicted order by device_key)::integer[] end,
        case when bool_or(conflicts <> 0) then array_agg(conflicts order by device_key)::bigint[] end
    from cell
    group by chunk
)
select count(*) from gone;
