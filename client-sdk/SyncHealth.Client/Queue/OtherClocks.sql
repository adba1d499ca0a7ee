-- Purpose: 1 where events wait of a run whose clock was known to be off by more than @tolerance_ms, else 0. @session: this run. No index: a row a run, few of them.
select exists (select 1 from clock where session <> @session and abs(offset_ms) > @tolerance_ms and session in (select session from event));
