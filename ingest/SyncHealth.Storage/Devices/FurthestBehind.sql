-- Devices seen in the 7 days before @now, deepest queue first, then the oldest pending write; unfolded reports included. Most devices of a fleet have nothing
-- queued: they are looked at only where fewer than @limit have. Indexes: device_state_waiting, for the others device_state_app.
with app as materialized (select a.app_id from synchealth.app a where a.name = @app),
segment as materialized (select g.segment_id from synchealth.segment_groups(@app, '{}', @filters) g),
profile as materialized (select g.profile_id from synchealth.profile_groups('{}', @filters) g),
fresh as materialized (
    select f.device_key, f.segment_id, f.profile_id, f.queue_depth, f.oldest_pending_at, f.last_success_at, f.last_seen_at
    from app a cross join lateral synchealth.device_fresh(a.app_id) f
),
-- Filters stand behind an "or", where the planner looks values up instead of joining, and so keeps the order of the index. Without a filter nothing is looked up.
waiting as materialized (
    select w.*
    from (
        (select s.device_key, s.segment_id, s.profile_id, s.queue_depth, s.oldest_pending_at, s.last_success_at, s.last_seen_at
         from synchealth.device_state s
         where s.app_id = (select a.app_id from app a) and s.queue_depth > 0 and s.last_seen_at > @now::timestamptz - interval '7 days'
           and s.device_key not in (select f.device_key from fresh f)
           and (cardinality(@filters::text[]) = 0 or s.segment_id in (select g.segment_id from segment g) and s.profile_id in (select p.profile_id from profile p))
         order by s.queue_depth desc, s.oldest_pending_at nulls last, s.device_key
         limit @limit)
        union all
        select f.* from fresh f
        where f.queue_depth > 0 and f.last_seen_at > @now::timestamptz - interval '7 days'
          and (cardinality(@filters::text[]) = 0 or f.segment_id in (select g.segment_id from segment g) and f.profile_id in (select p.profile_id from profile p))) w
    order by w.queue_depth desc, w.oldest_pending_at nulls last, w.device_key
    limit @limit
),
idle as (
    select i.*
    from (
        select s.device_key, s.segment_id, s.profile_id, s.queue_depth, s.oldest_pending_at, s.last_success_at, s.last_seen_at
        from synchealth.device_state s
        where s.app_id = (select a.app_id from app a) and s.device_key not in (select f.device_key from fresh f)
        union all
        select f.* from fresh f) i
    where (select count(*) from waiting) < @limit and i.queue_depth = 0 and i.last_seen_at > @now::timestamptz - interval '7 days'
      and (cardinality(@filters::text[]) = 0 or i.segment_id in (select g.segment_id from segment g) and i.profile_id in (select p.profile_id from profile p))
    order by i.oldest_pending_at nulls last, i.device_key
    limit @limit
)
select d.device_key as "DeviceKey", c.app_version as "AppVersion", c.os as "Os", g.os_version as "OsVersion", c.network as "Network",
    p.device_model as "DeviceModel", d.queue_depth as "QueueDepth", d.oldest_pending_at as "OldestPendingAt",
    d.last_success_at as "LastSuccessAt", d.last_seen_at as "LastSeenAt"
from (select * from waiting union all select * from idle) d
join synchealth.segment g using (segment_id)
join synchealth.core_segment c using (core_id)
join synchealth.device_profile p using (profile_id)
order by d.queue_depth desc, d.oldest_pending_at nulls last, d.device_key
limit @limit;
