-- The batch that was sealed and not answered yet, oldest operation first. Times in ms since 1970. Scans the outbox.
select sequence, note_id, kind, title, body, edited_at, coalesce(base_version, 0), edits, queued_at, batch_key, parked_code, strikes, priority, parent_id
from outbox where batch_key is not null order by sequence
