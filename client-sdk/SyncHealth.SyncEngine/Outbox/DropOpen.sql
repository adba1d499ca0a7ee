-- An edit that was never sent lost a conflict, or cancelled itself out. Index outbox_by_note.
delete from outbox where note_id = $note_id and batch_key is null
