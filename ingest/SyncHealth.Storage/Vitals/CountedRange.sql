-- The bounds that are really counted, and the rows that answer. @step: interval or null; @clock: event or arrival; @now: the shared clock.
select lo as "Lo", hi as "Hi", source as "Source"
from synchealth.counted_range(@app, @from, @to, @step::interval, @zone, @clock, @by, @filters, @now);
