-- The app has settled a conflict: what was held is sent. Index outbox_by_note.
update outbox set parked_code = null where note_id = $note_id and batch_key is null and parked_code = 'conflict'
