-- Moves the token, in the transaction that applied its page. A page that is not the last says itself that the server has more. One row.
update sync_state set token = $token, full_running = $full_running, pull_owed = $has_more where id = 1
