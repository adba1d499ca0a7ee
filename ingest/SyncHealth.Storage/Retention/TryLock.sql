-- Whether this session may do what one process does at a time. @Key: an advisory lock.
select pg_try_advisory_lock(@Key);
