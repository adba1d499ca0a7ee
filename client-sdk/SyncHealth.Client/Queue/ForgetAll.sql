-- Purpose: removes everything that was recorded, and the identity with it. @id text: the next install. Numbers go on, so that none is given twice.
delete from event;
delete from batch;
delete from batch_dropped;
delete from dropped;
delete from loss;
delete from clock;
delete from poison;
delete from resource;
update install set id = @id, sent = issued, rejected = 0;
