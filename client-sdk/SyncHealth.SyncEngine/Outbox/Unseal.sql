-- Takes the unanswered batch apart: the server has refused it as a whole, so nothing of it was applied. key: of the batch; null for all. Scans the outbox, rarely.
update outbox set batch_key = null, base_version = null where batch_key is not null and batch_key = coalesce($key, batch_key)
