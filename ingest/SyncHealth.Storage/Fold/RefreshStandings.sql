-- Where the folded fleet of every app stands relative to @at, per core segment: replaces what the fold has kept up since the last time.
-- A scan of device_state. The caller holds the fold's lock, and its transaction began no snapshot before that.
set local work_mem = '32MB';
set local jit = off;
delete from synchealth.fleet_standing;
insert into synchealth.fleet_base (taken_at) values (@at) on conflict (singleton) do update set taken_at = excluded.taken_at;
insert into synchealth.fleet_standing (core_id, devices, gone, queue_sum, oldest_pending_at, depths, pending_ages, success_ages)
with device as (
    select t.core_id, s.last_seen_at > @at::timestamptz - interval '7 days' as is_active, s.queue_depth, s.oldest_pending_at,
        synchealth.age_bucket(s.oldest_pending_at, @at) as pending_age, synchealth.age_bucket(coalesce(s.last_success_at, s.first_seen_at), @at) as success_age
    from synchealth.device_state s join synchealth.segment t using (segment_id)
),
counted as (
    select d.core_id, d.queue_depth, d.pending_age, d.success_age,
        grouping(d.queue_depth) = 0 as is_depth, grouping(d.pending_age) = 0 as is_pending, grouping(d.success_age) = 0 as is_success,
        count(*) filter (where d.is_active) as active, count(*) as known, min(d.oldest_pending_at) filter (where d.is_active) as oldest_pending_at
    from device d
    group by grouping sets ((d.core_id, d.queue_depth), (d.core_id, d.pending_age), (d.core_id, d.success_age))
)
select core_id, sum(active) filter (where is_depth), sum(known - active) filter (where is_depth),
    sum(queue_depth * active) filter (where is_depth), min(oldest_pending_at),
    coalesce(string_agg(synchealth.sketch_pair(least(queue_depth, 65535), active), ''::bytea) filter (where is_depth and active > 0), ''),
    coalesce(string_agg(synchealth.sketch_pair(pending_age, active), ''::bytea) filter (where is_pending and pending_age is not null and active > 0), ''),
    coalesce(string_agg(synchealth.sketch_pair(success_age, active), ''::bytea) filter (where is_success and active > 0), '')
from counted
group by core_id
order by core_id;
