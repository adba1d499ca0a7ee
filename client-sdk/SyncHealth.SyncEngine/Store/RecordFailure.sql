-- A cycle did not finish: data is not fresh until the next one does. One row.
update sync_state set failed_since = failed_since + 1 where id = 1
