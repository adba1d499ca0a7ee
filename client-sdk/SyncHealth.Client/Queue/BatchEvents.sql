-- Purpose: the events of a batch in order. @first_seq, @last_seq inclusive. Index: primary key of event.
select recorded_at_ms, session, uptime_ms, json from event where seq between @first_seq and @last_seq order by seq;
