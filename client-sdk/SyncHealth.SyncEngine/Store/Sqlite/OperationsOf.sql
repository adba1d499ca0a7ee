-- The operations of a note, oldest first. Times in ms since 1970. Index outbox_by_note.
select sequence, note_id, kind, title, body, edited_at, coalesce(base_version, 0), edits, queued_at, batch_key, parked_code, strikes, priority, parent_id
from outbox where note_id = $note_id order by sequence
