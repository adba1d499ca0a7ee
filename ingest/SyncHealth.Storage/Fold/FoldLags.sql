-- Adds attempts to the arrival hours of their app, hour of the week and lag class. Parallel arrays.
-- Upserts by primary key, in key order. The caller holds the fold's lock.
insert into synchealth.rollup_lag as r (app_id, arrival_at, week_hour, lag_class, attempts)
select c.app_id, w.arrival_at, synchealth.week_hour(w.at), w.lag_class, sum(w.attempts)
from unnest(@CoreIds::integer[], @ArrivalHours::timestamptz[], @Hours::timestamptz[], @LagClasses::smallint[], @Attempts::bigint[]) w (core_id, arrival_at, at, lag_class, attempts)
join synchealth.core_segment c using (core_id)
group by 1, 2, 3, 4
order by 1, 2, 3, 4
on conflict (app_id, arrival_at, week_hour, lag_class) do update set attempts = r.attempts + excluded.attempts;
