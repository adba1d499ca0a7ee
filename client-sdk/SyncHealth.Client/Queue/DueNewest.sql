-- Purpose: the newest batch with events that may be sent, from a number on. @first_seq; @now_ms, @horizon_ms Unix ms as for DueBatch. No index: a handful of rows.
select id from batch
where first_seq <= last_seq and first_seq >= @first_seq and (not_before_ms <= @now_ms or not_before_ms > @horizon_ms)
order by first_seq desc limit 1;
