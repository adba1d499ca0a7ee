-- Purpose: what a batch told under its own key keeps that name, whoever tells it next: the server may have heard it. @batch_id; @key its key. Index: primary key of batch_dropped.
insert into loss (report, reason, count, batch_id, told) select @key, reason, count, batch_id, 1 from batch_dropped where batch_id = @batch_id;
delete from batch_dropped where batch_id = @batch_id;
