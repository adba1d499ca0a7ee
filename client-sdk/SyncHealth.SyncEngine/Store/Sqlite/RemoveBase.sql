-- Nothing of a note waits any more. Primary key.
delete from base where note_id = $id
