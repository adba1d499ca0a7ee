-- What the server had of a note when the edits that wait began. Primary key.
select title, body, is_deleted, edited_at, device from base where note_id = $id
