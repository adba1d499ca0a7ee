-- Purpose: how many events a range of numbers still holds, and their earliest and latest times, Unix ms. @first_seq, @last_seq inclusive. Index: primary key of event.
select count(*), min(recorded_at_ms), max(recorded_at_ms) from event where seq between @first_seq and @last_seq;
