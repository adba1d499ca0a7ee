-- Hours of core segments whose rows in device_open_hour go into sets, oldest first, and how many rows they have: all from before @ClosedBefore, those from before @Before whose
-- keys, of @KeyBytes each, are a @GrowthShare-th of the bytes of the set or more, and of later hours that keep minutes those that are an @OpenGrowthShare-th.
-- A scan of device_open_hour, which is small. Indexes: device_set_pkey, device_minute_hour_pkey.
select h.core_id as "CoreId", h.hour_at as "HourAt", h.rows as "Rows"
from (select x.core_id, x.hour_at, count(*) as rows from synchealth.device_open_hour x group by x.core_id, x.hour_at) h
left join synchealth.device_set s on s.core_id = h.core_id and s.grain = 2 and s.bucket_at = h.hour_at
left join synchealth.device_minute_hour w on w.hour_at = h.hour_at
where h.hour_at < @ClosedBefore
   or (h.hour_at < @Before or w.is_complete)
      and h.rows * @KeyBytes * case when h.hour_at < @Before then @GrowthShare::integer else @OpenGrowthShare::integer end >= coalesce(octet_length(s.keys) + octet_length(s.registers), 0)
order by h.hour_at, h.core_id;
