-- Items that wait since before @waitingSince, on devices that are silent since then and on those that report all the same. Older than 30 days
-- before @now they are out of the SDK's queue too. Index: device_state_app.
select count(*) filter (where d.last_seen_at < @waitingSince::timestamptz) as "SilentDevices",
    coalesce(sum(d.queue_depth) filter (where d.last_seen_at < @waitingSince::timestamptz), 0)::bigint as "SilentItems",
    count(*) filter (where d.last_seen_at >= @waitingSince::timestamptz) as "StuckDevices",
    coalesce(sum(d.queue_depth) filter (where d.last_seen_at >= @waitingSince::timestamptz), 0)::bigint as "StuckItems"
from synchealth.app a
cross join lateral synchealth.device_now(a.app_id) d
join synchealth.segment_groups(@app, '{}', @filters) s using (segment_id)
join synchealth.profile_groups('{}', @filters) r using (profile_id)
where a.name = @app and d.queue_depth > 0 and d.last_seen_at > @now::timestamptz - interval '30 days'
  and coalesce(d.oldest_pending_at, d.last_success_at, d.first_seen_at) < @waitingSince::timestamptz;
