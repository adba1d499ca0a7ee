-- Purpose: fixes a batch. @key text; @first_seq, @last_seq inclusive; @attempts made with its events in a larger batch. Returns its id. No index.
insert into batch (key, first_seq, last_seq, attempts) values (@key, @first_seq, @last_seq, @attempts) returning id;
