-- How far the fold is behind, and how many devices of @app seen in the 7 days before @now have a clock that is off by the 55 minutes from which
-- ingest corrects it. Counts of waiting rows end at a million: more says nothing more. Index: device_state_app.
select (select min(arrival_at) from synchealth.core_increment) as "OldestUnfoldedAt",
    (select count(*) from (select from synchealth.core_increment limit 1000000) x) as "Unfolded",
    count(*) as "Devices", count(*) filter (where abs(s.clock_offset_ms) >= 3300000) as "ClocksOff",
    (select max(e.last_received_at) from synchealth.device_state e join synchealth.app b using (app_id) where b.name = @app) as "LastReceivedAt"
from synchealth.device_state s join synchealth.app a using (app_id)
where a.name = @app and s.last_seen_at > @now::timestamptz - interval '7 days'
  and s.last_hour_at >= synchealth.floor_to('1 hour', @now::timestamptz - interval '7 days');
