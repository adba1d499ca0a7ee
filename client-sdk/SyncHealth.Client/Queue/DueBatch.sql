-- Purpose: the oldest batch with events that may be sent. @now_ms, @horizon_ms Unix ms: a date beyond the horizon was set by a wrong clock and holds nothing up.
-- No index: a handful of rows.
select id from batch where first_seq <= last_seq and (not_before_ms <= @now_ms or not_before_ms > @horizon_ms) order by first_seq limit 1;
