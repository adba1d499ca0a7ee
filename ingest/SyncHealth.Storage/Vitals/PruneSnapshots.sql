-- Drops snapshots taken before @before. Index: fleet_snapshot_pkey.
delete from synchealth.fleet_snapshot where taken_at < @before;
