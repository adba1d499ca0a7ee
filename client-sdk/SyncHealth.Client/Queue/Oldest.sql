-- Purpose: the oldest event after a place, with the batch that holds it (null: none). @after_seq. Index: primary key of event.
select e.seq, e.recorded_at_ms, e.session, e.uptime_ms, b.id, b.first_seq, b.last_seq
from event e left join batch b on e.seq between b.first_seq and b.last_seq
where e.seq > @after_seq
order by e.seq
limit 1;
