-- One page of the devices seen in the 7 days before @now, unfolded reports included, with how many there are in all.
-- @show: 'all', 'waiting' (unsynced work), 'stale' (no success for a day), or 'late', 'silent' and 'gone' as in synchealth.presence, however long ago those
-- were seen. @sort: 'queue', 'oldest', 'success', 'seen' or 'pause' (silence in pauses of its own); @reverse: least first.
-- Indexes: device_state_app; device_day_pkey for the habits; event_identity for the pauses shown.
with habit as materialized (
    select h.device_key, h.pause as habit
    from synchealth.app a cross join lateral synchealth.device_habits(a.app_id, @now::timestamptz) h
    where a.name = @app and @show in ('late', 'silent', 'gone')
),
known as materialized (
    select d.*, s.clock_offset_ms, h.habit
    from synchealth.app a
    cross join lateral synchealth.device_now(a.app_id) d
    join synchealth.segment_groups(@app, '{}', @filters) g using (segment_id)
    join synchealth.profile_groups('{}', @filters) p using (profile_id)
    left join synchealth.device_state s using (device_key)
    left join habit h using (device_key)
    where a.name = @app and (d.last_seen_at > @now::timestamptz - interval '7 days' or @show in ('late', 'silent', 'gone')) and d.last_seen_at <= @now::timestamptz + interval '1 hour'
),
candidate as (
    select k.*
    from known k
    where case @show
        when 'waiting' then k.queue_depth > 0
        when 'stale' then coalesce(k.last_success_at, k.first_seen_at) < @now::timestamptz - interval '1 day'
        when 'all' then true
        else synchealth.presence_state(@now::timestamptz - k.last_seen_at, k.habit) = @show
    end
),
scored as (
    select c.*, count(*) over () as total,
        case @sort
            when 'oldest' then extract(epoch from @now::timestamptz - c.oldest_pending_at)
            when 'success' then extract(epoch from @now::timestamptz - coalesce(c.last_success_at, c.first_seen_at))
            when 'seen' then extract(epoch from @now::timestamptz - c.last_seen_at)
            when 'pause' then extract(epoch from @now::timestamptz - c.last_seen_at) / greatest(extract(epoch from c.habit), 86400)
            else c.queue_depth
        end as score
    from candidate c
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
