-- Attempts of @app that arrived in [@from, @to), by point of width @step and by how late they were (lag classes of core_increment), unfolded ones
-- included. Minutes are kept 48 h, then hours. Index: rollup_arrival_pkey.
select p.at as "At", r.lag_class as "LagClass", sum(r.attempts)::bigint as "Attempts"
from synchealth.app a
join synchealth.core_segment c using (app_id)
join synchealth.arrival_row r using (core_id)
cross join lateral (select synchealth.point_of(r.arrival_at, @step::interval, 'UTC', @from::timestamptz) as at) p
where a.name = @app and r.arrival_at >= @from and r.arrival_at < @to
group by 1, 2
having sum(r.attempts) > 0
order by 1, 2;
