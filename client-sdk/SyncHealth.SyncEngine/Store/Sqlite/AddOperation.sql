-- Queues an operation. queued_at, edited_at in ms since 1970.
insert into outbox (note_id, kind, title, body, edited_at, queued_at, edits, batch_key, base_version, parked_code, strikes, priority, parent_id)
values ($note_id, $kind, $title, $body, $edited_at, $queued_at, $edits, $batch_key, $base_version, $parked_code, $strikes, $priority, $parent_id)
returning sequence
