-- Purpose: sets refused events aside, the newest 100 of them. @first_seq, @last_seq inclusive. Indexes: primary keys.
insert or replace into poison (seq, json) select seq, json from event where seq between @first_seq and @last_seq;
delete from poison where seq <= (select seq from poison order by seq desc limit 1 offset 100);
