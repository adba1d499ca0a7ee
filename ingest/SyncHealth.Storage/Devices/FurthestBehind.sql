-- Devices seen in the 7 days before @now, deepest queue first, then the oldest pending write. Index: device_state_app.
select d.device_key as "DeviceKey", c.app_version as "AppVersion", c.os as "Os", g.os_version as "OsVersion", c.network as "Network",
    p.device_model as "DeviceModel", d.queue_depth as "QueueDepth", d.oldest_pending_at as "OldestPendingAt",
    d.last_success_at as "LastSuccessAt", d.last_seen_at as "LastSeenAt"
from synchealth.app a
cross join lateral synchealth.device_now(a.app_id) d
join synchealth.segment_groups(@app, '{}', @filters) s using (segment_id)
join synchealth.profile_groups('{}', @filters) r using (profile_id)
join synchealth.segment g using (segment_id)
join synchealth.core_segment c on c.core_id = g.core_id
join synchealth.device_profile p using (profile_id)
where a.name = @app and d.last_seen_at > @now::timestamptz - interval '7 days'
order by d.queue_depth desc, d.oldest_pending_at nulls last, d.device_key
limit @limit;
