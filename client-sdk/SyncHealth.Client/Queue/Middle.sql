-- Purpose: the last event of the first half of a range. @first_seq, @last_seq inclusive; @half events in the first half, from 1. Index: primary key of event.
select seq from event where seq between @first_seq and @last_seq order by seq limit 1 offset @half - 1;
