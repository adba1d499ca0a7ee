-- The bounds that are really counted, after the retention of @app, and the rows that answer. @step: interval or null; @clock: event or arrival; @now: the shared clock.
select k.lo as "Lo", k.hi as "Hi", r.source as "Source"
from synchealth.counted_range(@app, @from, @to, @step::interval, @zone, @clock, @by, @filters, @now) r
cross join lateral synchealth.kept_range(@app, r.lo, r.hi, r.source, @now) k;
