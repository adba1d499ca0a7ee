-- Attempts of @app that arrived in [@from, @to), by point of width @step and by how late they were (lag classes of core_increment), unfolded ones
-- included. Minutes are kept 48 h, then hours. Indexes: rollup_arrival_bucket, rollup_arrival_pack_pkey.
select p.at as "At", r.lag_class as "LagClass", sum(r.attempts)::bigint as "Attempts"
from synchealth.app a
join synchealth.core_segment c using (app_id)
join (
    select x.core_id, x.arrival_at, x.lag_class, x.attempts from synchealth.arrival_row x where x.arrival_at >= @from and x.arrival_at < @to
    union all
    select u.core_id, u.hour_at + interval '1 minute' * u.minute, u.lag_class, u.attempts
    from (
        select p.hour_at, p.core_id, unnest(p.minutes) as minute, unnest(p.lag_classes) as lag_class, unnest(p.attempts) as attempts
        from synchealth.rollup_arrival_pack p
        where p.hour_at > @from::timestamptz - interval '1 hour' and p.hour_at < @to) u) r using (core_id)
cross join lateral (select synchealth.point_of(r.arrival_at, @step::interval, 'UTC', @from::timestamptz) as at) p
where a.name = @app and r.arrival_at >= @from and r.arrival_at < @to
group by 1, 2
having sum(r.attempts) > 0
order by 1, 2;
