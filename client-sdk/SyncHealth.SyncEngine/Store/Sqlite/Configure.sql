-- Per connection. WAL: readers never wait for the writer. NORMAL: an edit may be lost by a power cut within the last
-- moments, never by a crash of the app. A small cache: a process may hold hundreds of these databases. Two megabytes of log: each time they
-- are carried into the file costs two waits for the disk, and a thousand rows of a first sync write a quarter of a megabyte.
pragma journal_mode = wal;
pragma synchronous = normal;
pragma cache_size = -256;
pragma wal_autocheckpoint = 500;
pragma temp_store = memory
