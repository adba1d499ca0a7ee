-- What the devices on each release did since it was first seen, unfolded reports included. Active: seen on it in the 7 days before @now.
-- Indexes: device_release_pkey, device_release_pack_pkey.
with device as materialized (
    select r.* from synchealth.device_release_row r where r.core_id = any (array(select g.core_id from synchealth.core_groups(@app, '{}', @filters) g)))
select s.group_key[1] as "AppVersion", count(distinct r.device_key) as "Devices",
    count(distinct r.device_key) filter (where r.last_seen_at > @now::timestamptz - interval '7 days') as "ActiveDevices",
    min(r.first_seen_at) as "FirstSeenAt", max(r.last_seen_at) as "LastSeenAt",
    sum(r.attempts)::bigint as "Attempts", sum(r.successes)::bigint as "Successes", sum(r.first_try)::bigint as "FirstTry",
    sum(r.offline_failures)::bigint as "OfflineFailures", sum(r.server_failures)::bigint as "ServerFailures", sum(r.app_failures)::bigint as "AppFailures",
    sum(r.over_60s)::bigint as "Over60s", sum(r.conflicted)::bigint as "Conflicted", sum(r.conflicts)::bigint as "Conflicts"
from synchealth.core_groups(@app, '{app_version}', @filters) s
join device r using (core_id)
group by s.group_key;
