-- Takes the fold's lock for this transaction, waiting for a fold that is under way for 20 seconds at most. @Key: which fold.
set local lock_timeout = '20s';
select pg_advisory_xact_lock(@Key);
