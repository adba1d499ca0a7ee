-- Purpose: counts a loss into the one that ends right before it, if nobody was told of that yet: the range stays without a hole.
-- @reason; @count events; @first_seq, @last_seq inclusive; @first_at_ms, @last_at_ms Unix ms. No index: a handful of rows.
update loss
set count = count + @count, last_seq = @last_seq, first_at_ms = min(first_at_ms, @first_at_ms), last_at_ms = max(last_at_ms, @last_at_ms)
where told = 0 and reason = @reason and last_seq = @first_seq - 1;
