-- The bounds that are really counted, after the retention of @app, the rows that answer, and from when on devices are known: those of the
-- arrival clock and of dimensions beyond core are counted from raw events only (null: over the whole range). @step: interval or null; @clock: event or arrival; @now: the shared clock.
select k.lo as "Lo", k.hi as "Hi", r.source as "Source",
    synchealth.is_margin_itself(@clock, r.source, @step::interval, @by, @filters) as "IsMargin",
    case when @clock = 'arrival' or not synchealth.is_core(@by, @filters) then synchealth.raw_from(@app, @now) end as "DevicesFrom"
from synchealth.counted_range(@app, @from, @to, @step::interval, @zone, @clock, @by, @filters, @now) r
cross join lateral synchealth.kept_range(@app, r.lo, r.hi, r.source, @clock, @now) k;
