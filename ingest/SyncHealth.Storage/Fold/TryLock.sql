-- Takes the fold's lock for this transaction, or says that another process has it. @Key: which fold.
select pg_try_advisory_xact_lock(@Key);
