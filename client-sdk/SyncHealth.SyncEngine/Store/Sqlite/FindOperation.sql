-- One operation. Times in ms since 1970. Primary key.
select sequence, note_id, kind, title, body, edited_at, coalesce(base_version, 0), edits, queued_at, batch_key, parked_code, strikes, priority, parent_id
from outbox where sequence = $sequence
