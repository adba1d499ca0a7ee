-- Days (UTC) in [@From, @To) of which the default partition holds rows. A scan of the default partition.
select distinct (device_at at time zone 'UTC')::date as day
from synchealth.event_default
where device_at >= @From and device_at < @To
order by day;
