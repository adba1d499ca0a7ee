-- Says how soon the operation of a record that is not sent yet leaves, and what it builds upon; null keeps what is known. A further edit makes it no later. Index outbox_open.
update outbox set priority = min(coalesce(priority, $priority), $priority), parent_id = coalesce($parent_id, parent_id)
where note_id = $note_id and batch_key is null and parked_code is null
