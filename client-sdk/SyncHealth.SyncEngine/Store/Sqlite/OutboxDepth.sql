-- What waits, what is parked, and since when. queued_at in ms since 1970. Scans the outbox, which is short.
select count(*) filter (where parked_code is null), count(*) filter (where parked_code is not null),
  min(queued_at) filter (where parked_code is null)
from outbox
