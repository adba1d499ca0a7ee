-- The oldest operations behind a sequence number that are neither sealed nor parked. limit in rows; times in ms since 1970. Primary key.
select sequence, note_id, kind, title, body, edited_at, coalesce(base_version, 0), edits, queued_at, batch_key, parked_code, strikes
from outbox where sequence > $beyond and batch_key is null and parked_code is null order by sequence limit $limit
