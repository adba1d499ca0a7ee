-- Takes the fold's lock for this session, waiting for a fold that is under way. @Key: which fold.
select pg_advisory_lock(@Key);
