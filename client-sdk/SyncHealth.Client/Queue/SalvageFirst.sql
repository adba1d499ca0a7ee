-- Purpose: the events of a damaged file from its beginning, as far as they can be read. No parameters. Index: primary key of event.
select e.seq, e.recorded_at_ms, e.session, e.uptime_ms, r.json, e.json
from event e join resource r on r.id = e.resource_id
order by e.seq;
