-- Remembers the server's version of a note whose local content stays. Primary key.
update note set version = $version, edited_at = coalesce($edited_at, edited_at),
  seen_in = (select generation from sync_state where id = 1)
where id = $id
