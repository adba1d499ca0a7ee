-- Tables by the disk they take, largest first. Reads the catalog and asks the file system.
select name as "Name", parts as "Parts", table_bytes as "TableBytes", index_bytes as "IndexBytes", total_bytes as "TotalBytes", live_rows as "LiveRows", dead_rows as "DeadRows"
from synchealth.disk_use()
order by total_bytes desc, name;
