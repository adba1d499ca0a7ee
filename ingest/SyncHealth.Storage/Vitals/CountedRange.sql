-- The bounds that are really counted. @step: interval or null; @needsEvents: a dimension beyond core is asked; @now: the shared clock.
select lo as "Lo", hi as "Hi", source as "Source"
from synchealth.counted_range(@from, @to, @step::interval, @zone, @needsEvents, @now);
