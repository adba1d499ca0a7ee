-- The newest edits that lost a conflict. limit in rows; at in ms since 1970. Primary key.
select note_id, kind, winner, lost_title, lost_body, at from conflict order by sequence desc limit $limit
