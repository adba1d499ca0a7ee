-- Purpose: takes the losses back from a batch that will never arrive, for another one to tell. @batch_id. Index: primary keys.
update dropped set pending = pending + coalesce((select count from batch_dropped b where b.batch_id = @batch_id and b.reason = dropped.reason), 0);
delete from batch_dropped where batch_id = @batch_id;
