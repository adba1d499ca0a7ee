-- Applies a push and remembers its answer, in one transaction. now: the server's clock. One row.
select verdict, response from notes.receive_push(@account, @device, @key, @hash, @operations, @now)
