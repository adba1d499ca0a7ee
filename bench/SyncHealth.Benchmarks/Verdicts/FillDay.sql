-- One day of the fleet, as fold and maintenance would have left it: in packs of a thousand devices. @day: from 0. @now: noon of the last day, which is day 29.
insert into synchealth.device_day_pack (
    core_id, day_at, first_key, last_key, devices, device_keys, attempts, successes, first_try, server_failures, over_60s, conflicted, conflicts, sketches)
select x.core_id, date_trunc('day', @now::timestamptz, 'UTC') - interval '1 day' * (29 - @day), min(x.device_key), max(x.device_key), count(*),
    array_agg(x.device_key order by x.device_key), array_agg(x.attempts order by x.device_key), array_agg(x.attempts - x.failures order by x.device_key),
    array_agg(x.attempts - x.failures order by x.device_key), array_agg(x.failures order by x.device_key), array_agg(x.over_60s order by x.device_key),
    array_agg(x.conflicted order by x.device_key), array_agg(x.conflicted::bigint order by x.device_key), array_agg('\x00fa00000002010400000003'::bytea order by x.device_key)
from (
    select c.ids[d.place] as core_id, d.device_key, d.attempts, d.failures, d.over_60s, d.conflicted,
        (row_number() over (partition by d.place order by d.device_key) - 1) / 1000 as chunk
    from bench_day(@day, @devices, '-9223372036854775808'::bigint, 9223372036854775807) d
    cross join (select array_agg(core_id order by core_id) as ids from synchealth.core_segment) c) x
group by x.core_id, x.chunk;
