-- The last fleet snapshot of @app as the ones before it: every five minutes of a day and every hour of thirty days, as they are read. Ages are relative to the
-- moment of a snapshot, so that a copy is as good as another fleet.
with before as materialized (
    select l.at as last_at, g.at
    from (select max(taken_at) as at from synchealth.fleet_snapshot) l
    cross join lateral (
        select l.at - n * interval '5 minutes' as at from generate_series(1, 288) n
        union
        select date_bin('1 hour', l.at, timestamptz '1970-01-01T00:00:00Z') - n * interval '1 hour' from generate_series(1, 720) n) g
),
snapshots as (
    insert into synchealth.fleet_snapshot (taken_at, core_id, devices, gone, queue_sum, oldest_pending_at, depths, pending_ages, success_ages)
    select b.at, s.core_id, s.devices, s.gone, s.queue_sum, s.oldest_pending_at - (b.last_at - b.at), s.depths, s.pending_ages, s.success_ages
    from before b join synchealth.fleet_snapshot s on s.taken_at = b.last_at
    order by 1, 2
    on conflict do nothing
)
insert into synchealth.fleet_margin (taken_at, app_id, dimension, environment, value, devices, gone, queue_sum, oldest_pending_at, depths, pending_ages, success_ages)
select b.at, s.app_id, s.dimension, s.environment, s.value, s.devices, s.gone, s.queue_sum, s.oldest_pending_at - (b.last_at - b.at), s.depths, s.pending_ages, s.success_ages
from before b join synchealth.fleet_margin s on s.taken_at = b.last_at
order by 1, 2, 3, 4, 5
on conflict do nothing;
