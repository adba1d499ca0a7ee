-- Purpose: fixes a batch. @key text; @first_seq, @last_seq inclusive. Returns its id. No index.
insert into batch (key, first_seq, last_seq) values (@key, @first_seq, @last_seq) returning id;
