-- Edits in what the server refused of a note: the edit that replaces it carries them. Index outbox_by_note.
select coalesce(sum(edits), 0) from outbox where note_id = $note_id and parked_code is not null
