-- The bounds that are really counted as of the past moment @asOf, up to which the transaction looks back from here on: raw events answer whatever is asked, and
-- from when on devices are known is when those begin. Parameters else as in CountedRange.
select k.lo as "Lo", k.hi as "Hi", r.source as "Source", synchealth.raw_from(@app, @now) as "DevicesFrom"
from synchealth.range_of_grain(@from, @to, @step::interval, @zone, 'event', @now) r
cross join lateral synchealth.kept_range(@app, r.lo, r.hi, r.source, @clock, @now) k
cross join lateral (select set_config('synchealth.as_of', @asOf::timestamptz::text, true)) s(as_of)
where s.as_of is not null;
