-- Purpose: forgets a batch and its events; what it told is told. @batch_id; @first_seq, @last_seq inclusive. Indexes: primary keys.
delete from event where seq between @first_seq and @last_seq;
delete from batch_dropped where batch_id = @batch_id;
delete from loss where batch_id = @batch_id;
delete from batch where id = @batch_id;
