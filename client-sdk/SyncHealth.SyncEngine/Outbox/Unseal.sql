-- Takes the unanswered batch apart: the server has refused it as a whole, so nothing of it was applied. Scans the outbox, rarely.
update outbox set batch_key = null, base_version = null where batch_key is not null
