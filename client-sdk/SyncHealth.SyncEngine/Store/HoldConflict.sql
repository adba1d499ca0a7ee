-- Keeps the other side's edit until the app has decided; a later one takes its place. at in ms since 1970. Primary key.
insert into waiting_conflict (note_id, kind, title, body, is_deleted, edited_at, device, version, met_at)
values ($note_id, $kind, $title, $body, $is_deleted, $edited_at, $device, $version, $at)
on conflict (note_id) do update set kind = excluded.kind, title = excluded.title, body = excluded.body, is_deleted = excluded.is_deleted,
  edited_at = excluded.edited_at, device = excluded.device, version = excluded.version
