-- Whether a note has any operation on its way. Index outbox_by_note.
select exists (select 1 from outbox where note_id = $note_id)
