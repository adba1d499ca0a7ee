-- Purpose: counts a loss that is told under a name of its own. @reason text, @count events. Index: primary key of dropped.
insert into dropped (reason, total, pending) values (@reason, @count, 0)
on conflict (reason) do update set total = total + excluded.total;
