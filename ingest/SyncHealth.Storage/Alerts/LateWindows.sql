-- Windows of length @window since the epoch into which events of @app fell that arrived in [@arrived_from, @arrived_to] after the window had ended.
-- Shared clock. Index: event_received (BRIN).
select distinct date_bin(@window::interval, e.event_at, timestamptz '1970-01-01T00:00:00Z') as window_at
from synchealth.event e
join synchealth.segment using (segment_id)
join synchealth.core_segment c using (core_id)
where e.received_at >= @arrived_from and e.received_at <= @arrived_to
  and c.app_id = (select app_id from synchealth.app where name = @app::text)
  and e.outcome > 0
  and e.received_at >= date_bin(@window::interval, e.event_at, timestamptz '1970-01-01T00:00:00Z') + @window::interval
order by window_at;
