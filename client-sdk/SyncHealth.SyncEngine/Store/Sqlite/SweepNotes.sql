-- Ends a full sync: notes that the server did not name any more are gone there. Notes with unsent edits stay: the push decides.
-- Scans note; runs once per full sync.
delete from note
where version > 0 and seen_in <> (select generation from sync_state where id = 1)
  and not exists (select 1 from outbox where note_id = note.id)
