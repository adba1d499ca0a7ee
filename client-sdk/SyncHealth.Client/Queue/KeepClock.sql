-- Purpose: keeps what a run of the app learned of its clock, and forgets the runs that left no event. @session; @offset_ms; @origin_ms Unix ms.
-- Scans the events: it runs when the clock was learned or set.
insert into clock (session, offset_ms, origin_ms) values (@session, @offset_ms, @origin_ms)
on conflict (session) do update set offset_ms = excluded.offset_ms, origin_ms = excluded.origin_ms;
delete from clock where session <> @session and session not in (select session from event);
