-- Folds a further edit into the operation that still waits unsealed. edited_at in ms since 1970. Index outbox_open.
update outbox set kind = $kind, title = $title, body = $body, edited_at = $edited_at, edits = edits + $edits
where note_id = $note_id and batch_key is null and parked_code is null
