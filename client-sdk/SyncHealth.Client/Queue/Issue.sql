-- Purpose: records the highest sequence number given. @issued count. One row.
update install set issued = @issued;
