-- Hours from @From on that have @ManyDevices rows or more, of all apps together, keep their devices by five minutes from now on: all of them, so none may have gone without.
-- A scan of device_open_hour, which is small. Index: device_set_pkey. The caller holds the lock of the fold of hours.
insert into synchealth.device_slot_hour (hour_at, is_complete)
select h.hour_at, true
from (
    select x.hour_at, bool_and(x.slots <> 0) as is_known
    from synchealth.device_open_hour x
    where x.hour_at >= @From
    group by x.hour_at
    having count(*) >= @ManyDevices) h
where h.is_known
  and not exists (
    select from synchealth.core_segment c
    join synchealth.device_set s on s.core_id = c.core_id and s.grain = 2 and s.bucket_at = h.hour_at)
on conflict (hour_at) do nothing;
