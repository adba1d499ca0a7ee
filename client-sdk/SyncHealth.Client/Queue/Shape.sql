-- Purpose: the text of all tables and triggers, to be compared with that of a new file. No parameters.
select group_concat(sql, ';') from (select sql from sqlite_schema where sql is not null order by name);
