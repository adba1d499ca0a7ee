-- The newest conflicts met here, those that cost nothing included. limit in rows; at in ms since 1970. Primary key.
select sequence, note_id, kind, winner, discarded, lost_title, lost_body, at from conflict order by sequence desc limit $limit
