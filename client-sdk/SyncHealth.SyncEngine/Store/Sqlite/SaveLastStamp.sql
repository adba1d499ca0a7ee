-- Moves the highest edit stamp: ahead with each edit, back when the server says that this clock was ahead. ms since 1970. One row.
update sync_state set last_stamp = $last_stamp where id = 1
