-- Purpose: the losses under names of their own that a batch tells. @batch_id. No index: a handful of rows.
select report, reason, count, first_seq, last_seq, first_at_ms, last_at_ms from loss where batch_id = @batch_id order by id;
