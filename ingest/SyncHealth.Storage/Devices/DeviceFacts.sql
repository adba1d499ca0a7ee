-- The last known state of the device @key of @app, unfolded reports included, however long ago it was seen. Index: device_state_pkey.
with fresh as materialized (
    select i.*, coalesce(i.seq, -1) as seq_or_none from synchealth.device_increment i where i.device_key = @key
),
latest as (
    select f.*, min(f.first_event_at) over () as first_at, max(f.last_success_at) over () as success_at,
        min(f.lowest_seq) over () as low, max(f.highest_seq) over () as high, sum(f.seqs) over () as numbered
    from fresh f
    order by f.event_at desc, f.seq_or_none desc, f.event_hash desc
    limit 1
),
known as (
    select least(s.first_seen_at, l.first_at) as first_seen_at, greatest(s.last_seen_at, l.event_at) as last_seen_at,
        greatest(s.last_success_at, l.success_at) as last_success_at,
        least(s.lowest_seq, l.low) as low, greatest(s.highest_seq, l.high) as high, coalesce(s.seqs, 0) + coalesce(l.numbered, 0) as numbered,
        case when n.is_newer then l.oldest_pending_at else s.oldest_pending_at end as oldest_pending_at,
        case when n.is_newer then l.queue_depth else s.queue_depth end as queue_depth,
        case when n.is_newer then l.segment_id else s.segment_id end as segment_id,
        case when n.is_newer then l.profile_id else s.profile_id end as profile_id,
        case when n.is_newer then l.clock_offset_ms else s.clock_offset_ms end as clock_offset_ms
    from (select 1) one
    left join synchealth.device_state s on s.device_key = @key
    left join latest l on true
    cross join lateral (select s.device_key is null
        or (l.event_at, l.seq_or_none, l.event_hash) > (s.last_seen_at, s.last_seq, s.last_hash) as is_newer) n
    where s.device_key is not null or l.device_key is not null
)
select @key::bigint as "DeviceKey", c.app_version as "AppVersion", c.os as "Os", g.os_version as "OsVersion", c.network as "Network",
    r.device_model as "DeviceModel", r.tags::text as "TagsJson", k.queue_depth as "QueueDepth", k.oldest_pending_at as "OldestPendingAt",
    k.last_success_at as "LastSuccessAt", k.last_seen_at as "LastSeenAt", k.first_seen_at as "FirstSeenAt", k.clock_offset_ms as "ClockOffsetMs",
    synchealth.longest_pause(@key::bigint, k.last_seen_at - interval '14 days', k.last_seen_at) as "LongestPause",
    case when k.high - k.low < 10000000 then greatest(k.high - k.low + 1 - k.numbered, 0) end::bigint as "MissingEvents"
from known k
join synchealth.segment g using (segment_id)
join synchealth.core_segment c using (core_id)
join synchealth.app a using (app_id)
join synchealth.device_profile r using (profile_id)
where a.name = @app;
