-- Attempts that did not succeed per group, point and error, most frequent first. Parameters as in VitalCounts; @lo, @hi, @source: from SideRange.
-- Indexes: primary keys of rollup_error_hour and rollup_error_day; event_stray and BRIN(received_at) for raw events.
select group_key as "GroupKey", at as "At", kind as "Kind", code as "Code", attempts as "Attempts"
from synchealth.error_counts(@app, @lo, @hi, @step::interval, @zone, @clock, @source, @by, @filters)
order by at, attempts desc, kind, code;
