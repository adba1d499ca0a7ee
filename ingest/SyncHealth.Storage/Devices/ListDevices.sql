-- One page of the devices seen in the 7 days before @now, unfolded reports included, with how many there are in all.
-- @show: 'all', 'waiting' (unsynced work), 'stale' (no success for a day) or 'silent' (not heard of for a day and for twice its own longest
-- pause of 14 days; judged for the @candidates longest silent). @sort: 'queue', 'oldest', 'success', 'seen' or 'pause'; @reverse: least first.
-- Indexes: device_state_app; event_identity for the pauses.
with known as materialized (
    select d.*, s.clock_offset_ms
    from synchealth.app a
    cross join lateral synchealth.device_now(a.app_id) d
    join synchealth.segment_groups(@app, '{}', @filters) g using (segment_id)
    join synchealth.profile_groups('{}', @filters) p using (profile_id)
    left join synchealth.device_state s using (device_key)
    where a.name = @app and d.last_seen_at > @now::timestamptz - interval '7 days' and d.last_seen_at <= @now::timestamptz + interval '1 hour'
),
candidate as (
    select k.*
    from known k
    where case @show
        when 'waiting' then k.queue_depth > 0
        when 'stale' then coalesce(k.last_success_at, k.first_seen_at) < @now::timestamptz - interval '1 day'
        when 'silent' then k.last_seen_at < @now::timestamptz - interval '1 day'
        else true
    end
    order by case when @show = 'silent' then k.last_seen_at end, k.device_key
    limit case when @show = 'silent' then @candidates::bigint end
),
judged as (
    select c.*, case when @show = 'silent' then synchealth.longest_pause(c.device_key, c.last_seen_at - interval '14 days', c.last_seen_at) end as pause
    from candidate c
),
scored as (
    select j.*, count(*) over () as total,
        case @sort
            when 'oldest' then extract(epoch from @now::timestamptz - j.oldest_pending_at)
            when 'success' then extract(epoch from @now::timestamptz - coalesce(j.last_success_at, j.first_seen_at))
            when 'seen' then extract(epoch from @now::timestamptz - j.last_seen_at)
            when 'pause' then extract(epoch from @now::timestamptz - j.last_seen_at) / greatest(extract(epoch from j.pause), 1)
            else j.queue_depth
        end as score
    from judged j
    where @show <> 'silent' or @now::timestamptz - j.last_seen_at > 2 * j.pause
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
    coalesce(p.pause, synchealth.longest_pause(p.device_key, p.last_seen_at - interval '14 days', p.last_seen_at)) as "LongestPause"
from page p
join synchealth.segment g using (segment_id)
join synchealth.core_segment c using (core_id)
join synchealth.device_profile r using (profile_id)
order by p.place;
