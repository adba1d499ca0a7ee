-- The one row of state of a new database; an existing one keeps its device. Primary key.
insert into sync_state (id, device) values (1, $device) on conflict (id) do nothing
