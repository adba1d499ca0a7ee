-- The server version of every record that this device has, or, while a full sync runs, has got in it. Scans note.
select note.id, coalesce(held.version, note.version)
from note left join waiting_conflict held on held.note_id = note.id, sync_state
where note.version > 0 and (sync_state.full_running = 0 or note.seen_in = sync_state.generation)
