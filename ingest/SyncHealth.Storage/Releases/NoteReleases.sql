-- Notes releases in production that @devices devices run by now, and queues a notice for each of @receivers unless the release was in traffic
-- since before @new_since. @now, @new_since: shared clock; @wall_now: wall clock. Counting stops at enough devices.
-- Indexes: device_release_pkey, device_release_pack_pkey, by core segment.
with running as (
    select a.name as app_name, c.app_version, array_agg(c.core_id) as cores
    from synchealth.core_segment c
    join synchealth.app a using (app_id)
    where c.environment = 'production' and c.app_version not in ('', '__other__')
      and not exists (select from synchealth.release_seen s where s.app_name = a.name and s.app_version = c.app_version)
    group by a.name, c.app_version
),
noted as (
    insert into synchealth.release_seen (app_name, app_version, first_event_at, seen_at)
    select r.app_name, r.app_version, (select min(d.first_seen_at) from synchealth.device_release_row d where d.core_id = any (r.cores)), @now
    from running r
    where (select count(*) from (
        select distinct d.device_key from synchealth.device_release_row d where d.core_id = any (r.cores) limit @devices) enough) >= @devices
    on conflict (app_name, app_version) do nothing
    returning app_name, app_version, first_event_at
)
insert into synchealth.release_notice (app_name, app_version, receiver, created_at, next_attempt_at)
select n.app_name, n.app_version, receiver, @wall_now, @wall_now
from noted n cross join unnest(@receivers::text[]) receiver
where n.first_event_at >= @new_since;
