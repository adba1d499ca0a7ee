-- Raw: share of devices seen in the range whose last event reported more than 1000 queued items. @from, @to: range.
select 100.0 * count(*) filter (where queued_items > 1000) / count(*)
from (
    select distinct on (device_key) device_key, queued_items
    from synchealth.event
    where event_at >= @from and event_at < @to
    order by device_key, event_at desc
) last_event;
