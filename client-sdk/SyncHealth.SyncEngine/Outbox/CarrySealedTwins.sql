-- Before a batch is taken apart: the newer unsealed operation of a note carries the edits of its sealed one. key: of the batch; null for all. Index outbox_by_note.
update outbox set edits = edits + (
  select coalesce(sum(older.edits), 0) from outbox older where older.note_id = outbox.note_id and older.batch_key is not null and older.batch_key = coalesce($key, older.batch_key))
where batch_key is null and parked_code is null
