-- Makes a connection a writer's. Durable commits whatever the server's default is, because a receipt is a promise;
-- and the table in which the lane for resends stages its rows, in the column order of the binary copy.
set synchronous_commit = on;
create temp table if not exists staged_event (like synchealth.event) on commit delete rows;
