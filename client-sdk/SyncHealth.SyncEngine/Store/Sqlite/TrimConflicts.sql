-- Bounds the log of lost edits. keep in rows; primary key.
delete from conflict where sequence <= (select max(sequence) from conflict) - $keep
