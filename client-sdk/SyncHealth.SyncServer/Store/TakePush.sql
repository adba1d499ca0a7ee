-- Applies a push and remembers its answer, in one transaction. now: the server's clock. Null: the key was used for other operations.
select notes.take_push(@account, @device, @key, @hash, @operations, @now)
