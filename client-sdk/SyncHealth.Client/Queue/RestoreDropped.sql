-- Purpose: carries a loss over from a damaged file; it counts as told. @reason text, @total events. Index: primary key of dropped.
insert into dropped (reason, total, pending) values (@reason, @total, 0);
