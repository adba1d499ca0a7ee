-- Waits until every transaction of a writer that is under way has ended, and lets none begin until this one ends. @Key: the writers' lock.
select pg_advisory_xact_lock(@Key);
