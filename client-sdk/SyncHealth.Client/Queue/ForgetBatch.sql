-- Purpose: removes a batch and leaves its events. @batch_id. Index: primary key of batch.
delete from batch where id = @batch_id;
