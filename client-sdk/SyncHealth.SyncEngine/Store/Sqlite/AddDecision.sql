-- Keeps a decision for the next cycle to report.
insert into decision (note_id, kind, winner, discarded) values ($note_id, $kind, $winner, $discarded)
