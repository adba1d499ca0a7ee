-- Keeps the other side's edit until the app has decided; a later one takes its place. at in ms since 1970. Primary key.
insert or replace into waiting_conflict (note_id, kind, title, body, is_deleted, edited_at, device, version, met_at)
values ($note_id, $kind, $title, $body, $is_deleted, $edited_at, $device, $version, $at)
