-- The server has answered a push: what it has goes beyond the token until the next pull has ended. One row.
update sync_state set pull_owed = 1 where id = 1
