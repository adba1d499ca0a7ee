-- Purpose: makes a commit mean "on the disk" and the file ours alone. Run once after opening, before the first read.
-- No parameters, no index.
-- Exclusive: a second connection is refused, which also keeps us clear of SQLite's WAL-reset defect (it needs two); no shared-memory file.
pragma locking_mode = exclusive;
-- A new file becomes one with a log in a transaction of the old kind, whose journal is then deleted. Only "extra" makes that deletion durable: after a loss
-- of power the journal would be back, and SQLite would roll the file back to nothing.
pragma synchronous = extra;
pragma journal_mode = wal;
pragma synchronous = full;
-- Apple's fsync does not reach the platter without these; elsewhere they do nothing.
pragma fullfsync = on;
pragma checkpoint_fullfsync = on;
-- Small on purpose: hundreds of queues may live in one process. Pages of 4 KiB.
pragma cache_size = -64;
pragma temp_store = memory;
pragma wal_autocheckpoint = 32;
pragma journal_size_limit = 131072;
