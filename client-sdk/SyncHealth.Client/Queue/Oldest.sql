-- Purpose: the oldest event after a place, with what its run knew of its clock, and the batch that holds it (null: none). @after_seq. Index: primary key of event.
select e.seq, e.recorded_at_ms, e.session, e.uptime_ms, c.offset_ms, c.origin_ms, b.id, b.last_seq, b.key, b.attempts
from event e
left join clock c on c.session = e.session
left join batch b on e.seq between b.first_seq and b.last_seq
where e.seq > @after_seq
order by e.seq
limit 1;
