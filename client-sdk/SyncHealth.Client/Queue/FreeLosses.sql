-- Purpose: takes the named losses from a batch, for another one to tell. @batch_id. No index: a handful of rows.
update loss set batch_id = null where batch_id = @batch_id;
