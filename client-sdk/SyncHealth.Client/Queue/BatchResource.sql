-- Purpose: the resource of a batch. @first_seq, @last_seq inclusive. Indexes: primary keys.
select r.json from event e join resource r on r.id = e.resource_id where e.seq between @first_seq and @last_seq limit 1;
