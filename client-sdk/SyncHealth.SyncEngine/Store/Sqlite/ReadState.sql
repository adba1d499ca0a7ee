-- The state of synchronisation. One row.
select device, token, generation, full_running, last_success_at, failed_since, pull_owed, account from sync_state where id = 1
