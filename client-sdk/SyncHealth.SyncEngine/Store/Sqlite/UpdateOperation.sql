-- Replaces an operation: folded, sealed, parked, or freed again. edited_at in ms since 1970. Primary key.
update outbox set note_id = $note_id, kind = $kind, title = $title, body = $body, edited_at = $edited_at, edits = $edits,
  batch_key = $batch_key, base_version = $base_version, parked_code = $parked_code, strikes = $strikes, priority = $priority, parent_id = $parent_id
where sequence = $sequence
