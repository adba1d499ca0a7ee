-- The bounds that are really counted of errors and conflicts, and the rows that answer. Parameters as in CountedRange.
select lo as "Lo", hi as "Hi", source as "Source"
from synchealth.side_range(@from, @to, @step::interval, @zone, @clock, @by, @filters, @now);
