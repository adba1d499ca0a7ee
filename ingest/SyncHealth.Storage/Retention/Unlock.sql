-- Lets another process do it. @Key: an advisory lock of this session.
select pg_advisory_unlock(@Key);
