-- Keeps rows from moving between partitions of event while they are deleted: the lock that those moves take.
select pg_advisory_xact_lock('synchealth.event'::regclass::bigint);
