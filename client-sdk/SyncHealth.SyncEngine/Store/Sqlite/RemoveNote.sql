-- Removes a note for good: after the server has confirmed its deletion. Primary key.
delete from note where id = $id
