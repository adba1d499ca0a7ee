-- Attempts of @app that arrived in [@from, @to), by point of width @step and by how late they were (lag classes of core_increment), unfolded ones
-- included. Minutes are kept 48 h, then hours. Indexes: rollup_arrival_bucket, rollup_arrival_pack_pkey.
-- Packed minutes are added up by their numbers before they become times: a day of a large fleet is two hundred thousand of them in three thousand sums.
with packed as materialized (
    select u.hour_at, u.minute, u.lag_class, sum(u.attempts) as attempts
    from (
        select p.hour_at, unnest(p.minutes) as minute, unnest(p.lag_classes) as lag_class, unnest(p.attempts) as attempts
        from synchealth.app a
        join synchealth.core_segment c using (app_id)
        join synchealth.rollup_arrival_pack p using (core_id)
        where a.name = @app and p.hour_at > @from::timestamptz - interval '1 hour' and p.hour_at < @to) u
    group by 1, 2, 3
),
arrived as (
    select x.arrival_at as at, x.lag_class, sum(x.attempts) as attempts
    from synchealth.app a
    join synchealth.core_segment c using (app_id)
    join synchealth.arrival_row x using (core_id)
    where a.name = @app and x.arrival_at >= @from and x.arrival_at < @to
    group by 1, 2
    union all
    select p.hour_at + interval '1 minute' * p.minute, p.lag_class, p.attempts
    from packed p
)
select p.at as "At", r.lag_class as "LagClass", sum(r.attempts)::bigint as "Attempts"
from arrived r
cross join lateral (select synchealth.point_of(r.at, @step::interval, 'UTC', @from::timestamptz) as at) p
where r.at >= @from and r.at < @to
group by 1, 2
having sum(r.attempts) > 0
order by 1, 2;
