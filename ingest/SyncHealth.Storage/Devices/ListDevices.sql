-- One page of the devices seen in the 7 days before @now, unfolded reports included, with how many there are in all.
-- @show: 'all', 'waiting' (unsynced work), 'stale' (no success for a day), or 'late', 'silent' and 'gone' as in synchealth.presence, however long ago those
-- were seen. @sort: 'queue', 'oldest', 'success', 'seen' or 'pause' (silence in pauses of its own); @reverse: least first.
-- Indexes: device_state_app, of a large fleet those that migration 101 names; device_day_pkey for the habits; event_identity for the pauses shown.
with scored as (
    select d.*,
        case @sort
            when 'oldest' then extract(epoch from @now::timestamptz - d.oldest_pending_at)
            when 'success' then extract(epoch from @now::timestamptz - coalesce(d.last_success_at, d.first_seen_at))
            when 'seen' then extract(epoch from @now::timestamptz - d.last_seen_at)
            when 'pause' then extract(epoch from @now::timestamptz - d.last_seen_at) / greatest(extract(epoch from d.pause), 86400)
            else d.queue_depth
        end as score
    from synchealth.listed_devices(@app, @now, @filters, @show, @sort, @reverse, @skip::integer + @take::integer) d
),
page as (
    select s.*, row_number() over (order by case when @reverse then -s.score else s.score end desc nulls last, s.oldest_pending_at nulls last, s.device_key) as place
    from scored s
    order by place
    offset @skip limit @take
)
select p.device_key as "DeviceKey", c.app_version as "AppVersion", c.os as "Os", g.os_version as "OsVersion", c.network as "Network",
    r.device_model as "DeviceModel", r.tags::text as "TagsJson", p.queue_depth as "QueueDepth", p.oldest_pending_at as "OldestPendingAt",
    p.last_success_at as "LastSuccessAt", p.last_seen_at as "LastSeenAt", p.first_seen_at as "FirstSeenAt",
    coalesce(p.clock_offset_ms, 0) as "ClockOffsetMs", p.total as "Total",
    synchealth.longest_pause(p.device_key, p.last_seen_at - interval '14 days', p.last_seen_at) as "LongestPause"
from page p
join synchealth.segment g using (segment_id)
join synchealth.core_segment c using (core_id)
join synchealth.device_profile r using (profile_id)
order by p.place;
