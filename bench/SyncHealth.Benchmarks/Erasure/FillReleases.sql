-- What the month leaves of its devices by release, in packs of a thousand. @now: its end.
insert into synchealth.device_release_pack (core_id, first_key, last_key, devices, device_keys, first_seen_ats, last_seen_ats, attempts, successes)
select x.core_id, min(x.device_key), max(x.device_key), count(*), array_agg(x.device_key order by x.device_key),
    array_agg(@now::timestamptz - interval '29 days' order by x.device_key), array_agg(@now::timestamptz - interval '5 minutes' order by x.device_key),
    array_agg(60 order by x.device_key), array_agg(60 order by x.device_key)
from (
    select c.core_id, hashint8extended(n, 0) as device_key, (row_number() over (partition by c.core_id order by hashint8extended(n, 0)) - 1) / 1000 as chunk
    from generate_series(0, @devices) n
    cross join lateral bench_places(n) p
    join (select core_id, row_number() over (order by core_id) as place from synchealth.core_segment) c on c.place = p) x
group by x.core_id, x.chunk;
