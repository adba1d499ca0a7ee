-- Purpose: counts an attempt before it is made, so that a crash cannot hide it. @batch_id. Index: primary key of batch.
update batch set attempts = attempts + 1 where id = @batch_id
returning id, key, first_seq, last_seq, attempts, server_errors;
