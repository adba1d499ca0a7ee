-- One note, deleted ones included, with whether it waits to be sent. Primary key, outbox_by_note.
select id, title, body, edited_at, device, is_deleted, version,
  exists (select 1 from outbox where note_id = note.id) as pending
from note where id = $id
