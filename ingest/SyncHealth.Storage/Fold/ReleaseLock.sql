-- Gives the session's lock back. @Key: which fold.
select pg_advisory_unlock(@Key);
