-- Purpose: counts a loss that still has to be told. @reason text, @count events. Index: primary key of dropped.
insert into dropped (reason, total, pending) values (@reason, @count, @count)
on conflict (reason) do update set total = total + excluded.total, pending = pending + excluded.pending;
