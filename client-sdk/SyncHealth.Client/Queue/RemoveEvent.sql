-- Purpose: removes one event that no batch holds. @seq. Index: primary key of event.
delete from event where seq = @seq;
