-- Purpose: gives a batch the named losses that wait to be told, the oldest @limit of them. @batch_id. Index: primary key of loss.
update loss set batch_id = @batch_id, told = 1 where id in (select id from loss where batch_id is null order by id limit @limit);
