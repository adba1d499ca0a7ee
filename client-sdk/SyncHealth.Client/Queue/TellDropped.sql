-- Purpose: gives a batch the losses that nobody was told yet. @batch_id. No index: a handful of rows.
insert into batch_dropped (batch_id, reason, count) select @batch_id, reason, pending from dropped where pending > 0;
update dropped set pending = 0 where pending > 0;
