-- The newest records of an entity for a page. limit in rows, index note_by_edited.
select id, title, body, edited_at, device, is_deleted, version,
  exists (select 1 from outbox where note_id = note.id) as pending
from note where is_deleted = 0 and entity = $entity
order by edited_at desc, id
limit $limit offset $offset
