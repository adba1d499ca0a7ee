-- The highest edit stamp given out here, in ms since 1970. One row.
select last_stamp from sync_state where id = 1
