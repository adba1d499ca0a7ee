-- Decisions that no cycle has reported yet. Scans decision, which every cycle empties.
select note_id, kind, winner, discarded from decision order by sequence
