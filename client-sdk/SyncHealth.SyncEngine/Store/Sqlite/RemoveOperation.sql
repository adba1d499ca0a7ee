-- The server has answered an operation, or another one carries it. Primary key.
delete from outbox where sequence = $sequence
