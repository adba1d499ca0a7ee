-- The server has stored an edit at an earlier time than this device gave it: the clock here was ahead, and what it gave out does not bind later edits. One row.
update sync_state set last_stamp = min(last_stamp, $edited_at) where id = 1
