-- Adds the server's note where there is none. 1 id, 2 title, 3 body, 4 edited_at in ms since 1970, 5 device, 6 version. Primary key.
insert into note (id, title, body, edited_at, device, is_deleted, version, seen_in)
values (?1, ?2, ?3, ?4, ?5, 0, ?6, (select generation from sync_state where id = 1))
on conflict (id) do nothing
