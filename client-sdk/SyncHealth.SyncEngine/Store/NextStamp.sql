-- The next edit stamp: now, but never at or below one given out before, nor the edit it is based on. ms since 1970. One row.
update sync_state set last_stamp = max($now, last_stamp + 1, $after + 1) where id = 1 returning last_stamp
