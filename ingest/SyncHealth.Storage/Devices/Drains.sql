-- How devices of @app came back between @from and @at, as far as had arrived by @at: returns, what waited, how many are done and how long that took (nearest rank,
-- seconds); by segment of @dimensions, among those that pass @filters. Indexes: BRIN(received_at), event_stray.
with seg as materialized (select g.segment_id, g.group_key from synchealth.segment_groups(@app, @dimensions, @filters) g),
prof as materialized (select g.profile_id, g.group_key from synchealth.profile_groups(@dimensions, @filters) g),
returned as (
    select synchealth.join_keys(s.group_key, p.group_key, p.group_key) as group_key, d.device_key, d.backlog, d.waiting, d.drained_at,
        extract(epoch from d.drained_at - d.returned_at)::double precision as seconds
    from synchealth.drains(@app, @from::timestamptz, @at::timestamptz) d
    join seg s using (segment_id)
    join prof p using (profile_id))
select r.group_key as "Key", count(*) as "Returns", count(distinct r.device_key) as "Devices", sum(r.backlog)::bigint as "Backlog",
    count(distinct r.device_key) filter (where r.drained_at is null) as "Draining", coalesce(sum(r.waiting) filter (where r.drained_at is null), 0)::bigint as "Waiting",
    percentile_disc(0.5) within group (order by r.seconds) as "DrainP50", percentile_disc(0.9) within group (order by r.seconds) as "DrainP90"
from returned r
group by r.group_key;
