-- The devices of @app that detectors name between @from and @at (as in Detections), those with most at stake first, at most @limit of each detector.
-- Indexes: BRIN(received_at), event_stray.
with seg as materialized (select g.segment_id from synchealth.segment_groups(@app, '{}', @filters) g),
prof as materialized (select g.profile_id from synchealth.profile_groups('{}', @filters) g),
named as (
    select n.detector, d.device_key, d.last_at, n.items, n.entity, n.code, row_number() over (partition by n.detector order by n.items desc, d.device_key) as place
    from synchealth.device_signs(@app, @from::timestamptz, @at::timestamptz) d
    join seg using (segment_id)
    join prof using (profile_id)
    cross join lateral (
        values ('stuck', d.is_stuck, d.queued_items::bigint, '', ''),
               ('reupload', d.is_reuploading, d.resent_items, '', ''),
               ('poison', d.poison_kind <> '' or d.poison_entity <> '', d.queued_items::bigint, d.poison_entity, coalesce(nullif(d.poison_code, ''), d.poison_kind)),
               ('reset', d.lost_items > 0, d.lost_items, '', ''),
               ('clock', abs(d.clock_offset_ms) >= 3300000, abs(d.clock_offset_ms) / 1000, '', ''),
               ('loss', d.issued > d.received, d.issued - d.received, '', '')) n(detector, is_named, items, entity, code)
    where n.is_named)
select detector as "Detector", device_key as "DeviceKey", last_at as "LastAt", items as "Items", entity as "Entity", code as "Code"
from named
where place <= @limit
order by detector, place;
