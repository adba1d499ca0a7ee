-- The batch of a range of priorities that was sealed and not answered yet, oldest operation first. At most one of each range is open. Scans the outbox, which is short.
select sequence, note_id, kind, title, body, edited_at, base_version, edits, batch_key
from outbox where batch_key is not null and coalesce(priority, 1) between $highest and $lowest order by sequence
