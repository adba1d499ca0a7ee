-- Migrations that this database has. Primary key.
select number, checksum from notes.migration order by number
