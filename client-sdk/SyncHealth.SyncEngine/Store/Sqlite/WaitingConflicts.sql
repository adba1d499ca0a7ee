-- Conflicts that wait for the app, oldest first. Scans waiting_conflict, which people keep short.
select note_id, kind, title, body, is_deleted, edited_at, device, version, met_at from waiting_conflict order by met_at, note_id
