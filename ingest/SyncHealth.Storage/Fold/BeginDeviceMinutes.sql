-- Hours from @From on that have @ManyAttempts or more, of all apps together, and the hours after such ones, which will have, keep their devices by the minute from now on: all
-- of them, so none may have gone without. A scan of device_open_hour, which is small. Indexes: rollup_margin_pkey, device_set_pkey. The caller holds the lock of the fold of hours.
with open as (
    select x.hour_at, count(*) as devices, bool_and(x.minutes <> 0) as is_known
    from synchealth.device_open_hour x
    where x.hour_at >= @From
    group by x.hour_at
),
large as materialized (
    select o.hour_at
    from open o
    where o.devices >= @ManyAttempts
       or (select sum(m.attempts) from synchealth.app a join synchealth.rollup_margin m on m.app_id = a.app_id and m.dimension = 'os' and m.grain = 2 and m.bucket_at = o.hour_at) >= @ManyAttempts
)
insert into synchealth.device_minute_hour (hour_at, is_complete)
select h.hour_at, true
from (select l.hour_at from large l union select l.hour_at + interval '1 hour' from large l) h
where not exists (select from open o where o.hour_at = h.hour_at and not o.is_known)
  and not exists (
    select from synchealth.core_segment c
    join synchealth.device_set s on s.core_id = c.core_id and s.grain = 2 and s.bucket_at = h.hour_at)
on conflict (hour_at) do nothing;
