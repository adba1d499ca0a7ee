-- Fixes the oldest operations behind a sequence number under one idempotency key, before their first attempt. limit in rows. Primary key.
-- A note that the server knows by now cannot be inserted again, whatever the operation was when it was queued.
update outbox set batch_key = $key, base_version = known.version, kind = iif(outbox.kind = 1 and known.version > 0, 2, outbox.kind)
from (select sequence, coalesce((select version from note where id = note_id), 0) as version
      from outbox where batch_key is null and parked_code is null and sequence > $beyond order by sequence limit $limit) as known
where outbox.sequence = known.sequence
