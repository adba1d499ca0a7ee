-- Keeps a settled conflict and the edit that lost. at in ms since 1970.
insert into conflict (note_id, kind, winner, discarded, lost_title, lost_body, at)
values ($note_id, $kind, $winner, $discarded, $lost_title, $lost_body, $at)
