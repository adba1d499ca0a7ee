-- Purpose: the oldest events that no batch holds, with what decides where the batch ends. @limit rows. Index: primary key of event.
select seq, resource_id, length(json), session
from event
where not exists (select 1 from batch b where event.seq between b.first_seq and b.last_seq)
order by seq
limit @limit;
