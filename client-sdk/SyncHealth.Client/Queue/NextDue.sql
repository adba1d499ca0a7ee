-- Purpose: when the first of the held batches with events may be sent, Unix ms, or null. No parameters, no index: a handful of rows.
select min(not_before_ms) from batch where first_seq <= last_seq;
