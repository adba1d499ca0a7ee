-- Forgets idempotency records from before a moment: no device still retries those. Index push_by_age.
delete from notes.push where pushed_at < @before
