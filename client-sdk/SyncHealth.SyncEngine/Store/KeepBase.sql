-- Keeps a note as the server has it, before the first edit that has to be sent. Primary key, outbox_by_note.
insert or ignore into base (note_id, title, body, is_deleted, edited_at, device)
select id, title, body, is_deleted, edited_at, device from note
where id = $id and version > 0 and not exists (select 1 from outbox where note_id = $id)
