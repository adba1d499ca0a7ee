-- A conflict waits no more. Primary key.
delete from waiting_conflict where note_id = $note_id
