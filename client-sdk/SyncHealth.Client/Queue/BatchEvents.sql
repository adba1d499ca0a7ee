-- Purpose: the events of a batch in order, with what the run that recorded them knew of its clock. @first_seq, @last_seq inclusive. Indexes: primary keys.
select e.recorded_at_ms, e.session, e.uptime_ms, e.json, c.offset_ms, c.origin_ms
from event e left join clock c on c.session = e.session
where e.seq between @first_seq and @last_seq
order by e.seq;
