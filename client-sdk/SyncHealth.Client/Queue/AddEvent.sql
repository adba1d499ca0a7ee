-- Purpose: stores one event. @seq; @resource_id; @recorded_at_ms Unix ms; @session; @uptime_ms ms or null; @json bytes. Index: primary key of event.
insert into event (seq, resource_id, recorded_at_ms, session, uptime_ms, json)
values (@seq, @resource_id, @recorded_at_ms, @session, @uptime_ms, @json);
