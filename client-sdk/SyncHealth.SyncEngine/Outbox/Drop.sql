-- The server has answered an operation. Primary key.
delete from outbox where sequence = $sequence
