-- Devices of @app in @environment that reported since @from (shared clock, by event time), and those whose last reported queue is deeper than @depth_over.
-- A device's last report is the latest by (time, seq, hash) of its state and its unfolded increments, read in one snapshot.
-- Index: device_state_app.
with reported as (
    select device_key, last_seen_at as seen_at, last_seq as seq, last_hash as hash, segment_id, queue_depth
    from synchealth.device_state
    where app_id = (select app_id from synchealth.app where name = @app) and last_seen_at >= @from
    union all
    select device_key, event_at, coalesce(seq, -1), event_hash, segment_id, queue_depth
    from synchealth.device_increment
    where event_at >= @from
),
latest as (
    select distinct on (device_key) device_key, segment_id, queue_depth
    from reported
    order by device_key, seen_at desc, seq desc, hash desc
)
select count(*), count(*) filter (where latest.queue_depth > @depth_over)
from latest
join synchealth.segment using (segment_id)
join synchealth.core_segment using (core_id)
where core_segment.app_id = (select app_id from synchealth.app where name = @app)
  and core_segment.environment = @environment;
