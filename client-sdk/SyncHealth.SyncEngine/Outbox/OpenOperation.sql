-- The operation of a note that has not been sent yet, parked ones included. Index outbox_by_note.
select sequence, note_id, kind, title, body, edited_at, 0, edits
from outbox where note_id = $note_id and batch_key is null order by sequence desc limit 1
