-- A cycle did everything. at in ms since 1970. One row.
update sync_state set last_success_at = $at, failed_since = 0 where id = 1
