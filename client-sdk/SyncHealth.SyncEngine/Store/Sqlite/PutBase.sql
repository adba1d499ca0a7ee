-- What the server has of a note whose edits wait. edited_at in ms since 1970. Primary key.
insert or replace into base (note_id, title, body, is_deleted, edited_at, device)
values ($id, $title, $body, $is_deleted, $edited_at, $device)
