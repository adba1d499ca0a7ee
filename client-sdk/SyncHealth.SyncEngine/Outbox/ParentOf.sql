-- What the operations of a record build upon. Index outbox_by_note.
select parent_id from outbox where note_id = $note_id and parent_id is not null limit 1
