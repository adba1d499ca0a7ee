-- Purpose: a loss of which the server may have some events. @report its name; @reason; @count events; @first_seq, @last_seq inclusive; @first_at_ms, @last_at_ms Unix ms. No index.
insert into loss (report, reason, count, first_seq, last_seq, first_at_ms, last_at_ms)
values (@report, @reason, @count, @first_seq, @last_seq, @first_at_ms, @last_at_ms);
