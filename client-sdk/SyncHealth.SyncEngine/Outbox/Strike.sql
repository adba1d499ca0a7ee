-- The server has failed on an operation once more, and on nothing else. Primary key.
update outbox set strikes = strikes + 1 where sequence = $sequence returning strikes
