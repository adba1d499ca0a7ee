-- Purpose: the batch that has no events, only losses to tell, if there is one. No parameters, no index: a handful of rows.
select id from batch where last_seq < first_seq limit 1;
