-- Raw: distribution of the time since each device's last success. @from, @to: range.
select percentile_disc(array[0.5, 0.9, 0.99]) within group (order by extract(epoch from @to - last_success))
from (
    select device_key, max(event_at) filter (where outcome in (1, 2)) as last_success
    from synchealth.event
    where event_at >= @from and event_at < @to
    group by device_key
) device;
