-- The batch that was sealed and not answered yet, oldest operation first. At most one is open. Primary key.
select sequence, note_id, kind, title, body, edited_at, base_version, edits, batch_key
from outbox where batch_key is not null order by sequence
