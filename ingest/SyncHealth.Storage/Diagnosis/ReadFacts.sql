-- What the database says about itself, in one row. @Now: the shared clock. Counts of waiting rows end at a million: more says nothing more.
select current_setting('server_version') as "ServerVersion",
    current_setting('fsync') as "Fsync", current_setting('full_page_writes') as "FullPageWrites",
    current_setting('synchronous_commit') as "SynchronousCommit", current_setting('autovacuum') as "Autovacuum",
    clock_timestamp() as "DatabaseNow", pg_database_size(current_database()) as "DatabaseBytes",
    (select count(*) from (select from synchealth.core_increment limit 1000000) x) as "UnfoldedCounts",
    (select count(*) from (select from synchealth.device_increment limit 1000000) x) as "UnfoldedDevices",
    (select min(arrival_at) from synchealth.core_increment) as "OldestUnfoldedAt",
    oldest.seconds as "OldestTransactionSeconds", oldest.pid as "OldestTransactionProcess",
    (select max(day) from synchealth.event_partition) as "LastPartition",
    (select count(*) from synchealth.event_partition) as "Partitions",
    (select count(*) from (select from synchealth.event_default limit 1000000) x) as "DefaultRows",
    (select device_key_fingerprint from synchealth.installation) as "DeviceKeyFingerprint",
    (select count(*) from synchealth.ingest_key where revoked_at is null and paused_at is null) as "LiveKeys",
    (select count(*) from synchealth.ingest_key where revoked_at is null and paused_at is not null) as "PausedKeys",
    (select count(*) from (select line from synchealth.ingest_key where revoked_at is null
        group by line having count(*) > 1 and max(created_at) < @Now::timestamptz - interval '30 days') x) as "UnfinishedRotations",
    (select count(*) from synchealth.erased_key where kind = 'device') as "ErasedDevices",
    (select count(*) from synchealth.erased_key where kind = 'user') as "ErasedUsers",
    (select count(*) from synchealth.erased_key where done_at is null and asked_at < @Now::timestamptz - interval '1 hour') as "UnfinishedErasures",
    (select max(done_at) from synchealth.erasure) as "LastErasureAt"
from (select 1) one
left join lateral (
    select extract(epoch from clock_timestamp() - a.xact_start)::double precision as seconds, a.pid
    from pg_stat_activity a
    where a.datname = current_database() and a.pid <> pg_backend_pid() and (a.backend_xmin is not null or a.backend_xid is not null)
    order by a.xact_start
    limit 1) oldest on true;
