-- Where the fleet of every app stands at @at, per core segment. Index: device_state_app.
insert into synchealth.fleet_snapshot (taken_at, core_id, devices, gone, queue_sum, oldest_pending_at, depths, pending_ages, success_ages)
select @at, g.core_id, f.devices, f.gone, f.queue_sum, f.oldest_pending_at, f.depths, f.pending_ages, f.success_ages
from synchealth.app a
cross join lateral synchealth.fleet_now(a.name, @at, '{environment,app_version,os,network}', '{}') f
join lateral synchealth.core_groups(a.name, '{environment,app_version,os,network}', '{}') g on g.group_key = f.group_key
order by g.core_id
on conflict do nothing;
