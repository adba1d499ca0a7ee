-- How failures cluster on devices: sums over the devices of @app whose key lies from @lowest to @highest, on the days from @from to @to (UTC, exclusive).
-- Keys are hashes, so a stretch of them is a fair sample. Folded rows only. One probe a core segment and day; indexes: device_day_pkey, device_day_pack_pkey.
with device as (
    select d.device_key, sum(d.attempts) as m, sum(d.attempts - d.successes) as s
    from synchealth.app a
    join synchealth.core_segment c using (app_id)
    cross join generate_series(@from::timestamptz, @to::timestamptz - interval '1 day', interval '1 day') day_at
    cross join lateral (
        select x.device_key, x.attempts, x.successes
        from synchealth.device_day x
        where x.core_id = c.core_id and x.day_at = day_at.day_at and x.device_key between @lowest and @highest
        union all
        select u.device_key, coalesce(u.attempts, 0), coalesce(u.successes, 0)
        from synchealth.device_day_pack p
        cross join lateral unnest(p.device_keys, p.attempts, p.successes) u (device_key, attempts, successes)
        where p.core_id = c.core_id and p.day_at = day_at.day_at and p.first_key <= @highest and p.last_key >= @lowest and u.device_key between @lowest and @highest) d
    where a.name = @app
    group by d.device_key
    having sum(d.attempts) > 0)
select count(*) as "Devices", coalesce(sum(m), 0)::bigint as "Attempts", coalesce(sum(s), 0)::bigint as "Failures",
    coalesce(sum(m * m), 0)::bigint as "AttemptsSquared", coalesce(sum(s * s), 0)::bigint as "FailuresSquared", coalesce(sum(m * s), 0)::bigint as "Products"
from device;
