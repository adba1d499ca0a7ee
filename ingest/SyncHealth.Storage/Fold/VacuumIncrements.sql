-- Gives the space of consumed increments back: autovacuum comes once a minute, and in a minute the fold's scans grow a hundredfold.
-- Not inside a transaction; waits for nobody that writes.
vacuum (skip_locked) synchealth.core_increment, synchealth.device_increment;
