-- Purpose: the events of a damaged file from its end back, as far as they can be read. @after_seq: what is known already. Index: primary key of event.
select e.seq, e.recorded_at_ms, e.session, e.uptime_ms, r.json, e.json
from event e join resource r on r.id = e.resource_id
where e.seq > @after_seq
order by e.seq desc;
