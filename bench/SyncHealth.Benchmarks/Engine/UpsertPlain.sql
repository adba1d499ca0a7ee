-- SQLite: what a device with no engine would do with a row from the server. Primary key.
insert into note (id, title, body, edited_at, device, version) values ($id, $title, $body, $edited_at, $device, $version)
on conflict (id) do update set title = excluded.title, body = excluded.body, edited_at = excluded.edited_at, device = excluded.device, version = excluded.version
