-- The newest edits that lost a conflict; one that a merge kept is not among them. limit in rows; at in ms since 1970. Primary key.
select note_id, kind, winner, lost_title, lost_body, at from conflict where discarded > 0 order by sequence desc limit $limit
