-- What each device did on the days from @from to before @to (UTC), per release, OS and network: the unit of a verdict, unfolded reports included.
-- Devices without an attempt are left out. Indexes: device_day_pkey, device_day_pack_pkey.
with device as materialized (
    select d.* from synchealth.device_day_row d
    where d.day_at >= @from and d.day_at < @to and d.core_id = any (array(select g.core_id from synchealth.core_groups(@app, '{}', @filters) g)))
select d.device_key as "DeviceKey", s.group_key[1] as "AppVersion", s.group_key[2] as "Os", s.group_key[3] as "Network",
    sum(d.attempts)::bigint as "Attempts", sum(d.successes)::bigint as "Successes", sum(d.first_try)::bigint as "FirstTry",
    sum(d.offline_failures)::bigint as "OfflineFailures", sum(d.server_failures)::bigint as "ServerFailures", sum(d.app_failures)::bigint as "AppFailures",
    sum(d.over_60s)::bigint as "Over60s", sum(d.conflicted)::bigint as "Conflicted", sum(d.conflicts)::bigint as "Conflicts",
    string_agg(d.sketch, ''::bytea) as "Sketch"
from synchealth.core_groups(@app, '{app_version,os,network}', @filters) s
join device d using (core_id)
group by d.device_key, s.group_key
having sum(d.attempts) > 0
order by d.device_key, s.group_key;
