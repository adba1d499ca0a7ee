-- The server has another content by now than when the edits that wait began. edited_at in ms since 1970. Primary key.
insert or replace into base (note_id, title, body, is_deleted, edited_at, device)
values ($id, $title, $body, $is_deleted, $edited_at, $device)
