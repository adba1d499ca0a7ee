-- Makes the lags of the arrivals of [@From, @To), a whole day, once more from raw events, in @LagClasses, for apps that keep raw events as long as the
-- installation does. Indexes: rollup_lag_pkey, BRIN(received_at). The caller holds the fold's lock.
delete from synchealth.rollup_lag r
where r.arrival_at >= @From and r.arrival_at < @To and r.lag_class = any (@LagClasses::smallint[])
  and r.app_id in (select c.app_id from synchealth.core_segment c where c.core_id in (select synchealth.raw_arrival_cores()));

insert into synchealth.rollup_lag (app_id, arrival_at, week_hour, lag_class, attempts)
select c.app_id, synchealth.floor_to('1 hour', e.received_at), synchealth.week_hour(e.event_at), l.class, count(*)
from synchealth.events_on('arrival', @From, @To) e
join synchealth.segment s using (segment_id)
join synchealth.core_segment c using (core_id)
cross join lateral (select synchealth.lag_class(e.received_at - e.event_at) as class) l
where e.outcome > 0 and l.class = any (@LagClasses::smallint[]) and c.core_id in (select synchealth.raw_arrival_cores())
group by 1, 2, 3, 4
order by 1, 2, 3, 4;
