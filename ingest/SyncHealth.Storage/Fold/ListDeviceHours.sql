-- Hours of core segments whose rows in device_hour go into sets, oldest first, and how many rows they have: all from before @ClosedBefore, and those from before
-- @Before whose keys, of @KeyBytes each, are a @GrowthShare-th of the bytes of the set or more. A scan of device_hour, which is small. Index: device_set_pkey.
select h.core_id as "CoreId", h.hour_at as "HourAt", h.rows as "Rows"
from (select x.core_id, x.hour_at, count(*) as rows from synchealth.device_hour x where x.hour_at < @Before group by x.core_id, x.hour_at) h
left join synchealth.device_set s on s.core_id = h.core_id and s.grain = 2 and s.bucket_at = h.hour_at
where h.hour_at < @ClosedBefore or h.rows * @KeyBytes * @GrowthShare >= coalesce(octet_length(s.keys) + octet_length(s.registers), 0)
order by h.hour_at, h.core_id;
