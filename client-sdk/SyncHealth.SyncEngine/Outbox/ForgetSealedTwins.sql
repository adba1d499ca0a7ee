-- Before a batch is taken apart: operations of it whose note has a newer unsealed one, which carries everything. key: of the batch; null for all. Index outbox_open.
delete from outbox
where batch_key is not null and batch_key = coalesce($key, batch_key) and note_id in (select note_id from outbox where batch_key is null and parked_code is null)
