-- Starts a full sync: forgets the token, numbers the run. One row.
update sync_state set token = null, generation = generation + 1, full_running = 1 where id = 1
