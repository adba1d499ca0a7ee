-- A further edit replaces what the server refused. Index outbox_by_note.
delete from outbox where note_id = $note_id and parked_code is not null
