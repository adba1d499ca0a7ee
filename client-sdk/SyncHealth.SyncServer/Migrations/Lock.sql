-- Serialises migrations of several starting servers until the end of the transaction. The key is any constant of ours.
select pg_advisory_xact_lock(6012950142461440100)
