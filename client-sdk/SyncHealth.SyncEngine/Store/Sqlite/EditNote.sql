-- Stores a local edit of a note, new or known. edited_at in ms since 1970. Primary key.
insert into note (id, title, body, edited_at, device, is_deleted)
values ($id, $title, $body, $edited_at, $device, $is_deleted)
on conflict (id) do update set title = excluded.title, body = excluded.body, edited_at = excluded.edited_at,
  device = excluded.device, is_deleted = excluded.is_deleted
