-- Purpose: losses by reason over the life of the install. No parameters; a handful of rows.
select reason, total from dropped order by reason;
