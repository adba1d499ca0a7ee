-- Adds the server's note where there is none. edited_at in ms since 1970. Primary key.
insert into note (id, title, body, edited_at, device, is_deleted, version, seen_in)
values ($id, $title, $body, $edited_at, $device, 0, $version, (select generation from sync_state where id = 1))
on conflict (id) do nothing
