-- Moves the token, in the transaction that applied its page. One row.
update sync_state set token = $token, full_running = $full_running where id = 1
