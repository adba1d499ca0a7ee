-- Purpose: the newest events that no batch holds, newest first, with what decides where the batch ends. @limit rows. Index: primary key of event.
select seq, resource_id, length(json), session
from event
where seq > coalesce((select max(last_seq) from batch), 0)
order by seq desc
limit @limit;
