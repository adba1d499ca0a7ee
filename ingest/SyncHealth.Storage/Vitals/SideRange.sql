-- The bounds that are really counted of errors and conflicts, after the retention of @app, and the rows that answer. Parameters as in CountedRange.
select k.lo as "Lo", k.hi as "Hi", r.source as "Source"
from synchealth.side_range(@from, @to, @step::interval, @zone, @clock, @by, @filters, @now) r
cross join lateral synchealth.kept_range(@app, r.lo, r.hi, r.source, @clock, @now) k;
