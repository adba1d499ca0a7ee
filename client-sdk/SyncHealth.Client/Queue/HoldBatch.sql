-- Purpose: books a failure of the server on this batch and puts it off. @batch_id; @not_before_ms Unix ms. Index: primary key of batch.
update batch set server_errors = server_errors + 1, not_before_ms = @not_before_ms where id = @batch_id;
