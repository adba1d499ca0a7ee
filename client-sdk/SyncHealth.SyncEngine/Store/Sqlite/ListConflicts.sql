-- The newest conflicts met here that discarded at least so many edits. limit in rows; at in ms since 1970. Primary key.
select sequence, note_id, kind, winner, discarded, lost_title, lost_body, at from conflict
where discarded >= $least order by sequence desc limit $limit
