-- The conflict of a note that waits for the app. Primary key.
select note_id, kind, title, body, is_deleted, edited_at, device, version, met_at from waiting_conflict where note_id = $note_id
