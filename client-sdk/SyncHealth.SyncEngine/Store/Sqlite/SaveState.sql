-- Replaces the state of synchronisation, in the transaction of what has moved it. last_success_at in ms since 1970. One row.
update sync_state set token = $token, generation = $generation, full_running = $full_running, last_success_at = $last_success_at,
  failed_since = $failed_since, pull_owed = $pull_owed, account = $account
where id = 1
