-- Purpose: the losses that a batch tells. @batch_id. Index: primary key of batch_dropped.
select reason, count from batch_dropped where batch_id = @batch_id order by reason;
