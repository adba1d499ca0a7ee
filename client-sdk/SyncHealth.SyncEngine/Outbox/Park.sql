-- The server refused an operation for good: it stays visible, counts apart and blocks nobody. Primary key.
update outbox set parked_code = $code, batch_key = null where sequence = $sequence
