-- Purpose: the key of a batch, or nothing when it is gone. @batch_id. Index: primary key of batch.
select key from batch where id = @batch_id;
