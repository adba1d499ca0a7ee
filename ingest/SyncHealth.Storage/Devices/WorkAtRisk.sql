-- Items that wait since before @waitingSince, on devices that are silent since then and on those that report all the same; unfolded reports included. Older than
-- 30 days before @now they are out of the SDK's queue too. Index: device_state_waiting.
with app as materialized (select a.app_id from synchealth.app a where a.name = @app),
segment as materialized (select g.segment_id from synchealth.segment_groups(@app, '{}', @filters) g),
profile as materialized (select g.profile_id from synchealth.profile_groups('{}', @filters) g),
fresh as materialized (
    select f.device_key, f.segment_id, f.profile_id, f.first_seen_at, f.last_seen_at, f.last_success_at, f.oldest_pending_at, f.queue_depth
    from app a cross join lateral synchealth.device_fresh(a.app_id) f
),
-- Without a filter nothing is looked up: a filter is evaluated for every segment there is.
device as (
    select d.*
    from (
        select s.segment_id, s.profile_id, s.first_seen_at, s.last_seen_at, s.last_success_at, s.oldest_pending_at, s.queue_depth
        from synchealth.device_state s
        where s.app_id = (select a.app_id from app a) and s.queue_depth > 0 and s.device_key not in (select f.device_key from fresh f)
        union all
        select f.segment_id, f.profile_id, f.first_seen_at, f.last_seen_at, f.last_success_at, f.oldest_pending_at, f.queue_depth
        from fresh f
        where f.queue_depth > 0) d
    where d.last_seen_at > @now::timestamptz - interval '30 days' and coalesce(d.oldest_pending_at, d.last_success_at, d.first_seen_at) < @waitingSince::timestamptz
      and (cardinality(@filters::text[]) = 0 or d.segment_id in (select g.segment_id from segment g) and d.profile_id in (select p.profile_id from profile p))
)
select count(*) filter (where d.last_seen_at < @waitingSince::timestamptz) as "SilentDevices",
    coalesce(sum(d.queue_depth) filter (where d.last_seen_at < @waitingSince::timestamptz), 0)::bigint as "SilentItems",
    count(*) filter (where d.last_seen_at >= @waitingSince::timestamptz) as "StuckDevices",
    coalesce(sum(d.queue_depth) filter (where d.last_seen_at >= @waitingSince::timestamptz), 0)::bigint as "StuckItems"
from device d;
