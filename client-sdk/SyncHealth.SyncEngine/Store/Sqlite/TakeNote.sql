-- Replaces a note by the server's. edited_at in ms since 1970. Primary key.
insert into note (id, title, body, edited_at, device, is_deleted, version, seen_in)
values ($id, $title, $body, $edited_at, $device, 0, $version, (select generation from sync_state where id = 1))
on conflict (id) do update set title = excluded.title, body = excluded.body, edited_at = excluded.edited_at,
  device = excluded.device, is_deleted = 0, version = excluded.version, seen_in = excluded.seen_in
