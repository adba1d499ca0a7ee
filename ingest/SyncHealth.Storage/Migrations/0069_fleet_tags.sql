-- The history of queue depth, oldest pending write and staleness by tags that are not promoted too: by those that most active devices carry.

-- The fleet of an app at a moment by environment and each value of each dimension of fleet_margin, unfolded reports included. Of a dimension the
-- values with the most active devices have rows of their own (max_values, of a tag that is not promoted max_tag_values), all others share __other__; so
-- every dimension counts every device. A device without a tag has the value ''. Devices are counted by profile first, of which an app has at most some
-- thousands, so a tag costs by profiles and not by devices.
create function synchealth.fleet_margins(
    app integer, promoted_tag text, at timestamptz, max_values integer, max_tags integer, max_tag_values integer)
returns table (dimension text, environment text, value text, devices integer, gone integer, queue_sum bigint, oldest_pending_at timestamptz,
    depths bytea, pending_ages bytea, success_ages bytea)
language sql stable set jit = off set work_mem = '32MB' as $$
    with device as materialized (
        select d.segment_id, d.profile_id, d.last_seen_at > at - interval '7 days' as is_active, d.queue_depth, d.oldest_pending_at,
            synchealth.sketch_bucket(date_part('epoch', at - d.oldest_pending_at)) as pending_age,
            synchealth.sketch_bucket(date_part('epoch', at - coalesce(d.last_success_at, d.first_seen_at))) as success_age
        from synchealth.device_now(app) d),
    -- Names become numbers while devices are counted: they hash at a third of the cost.
    seg as materialized (
        select t.segment_id, c.environment, t.os_version,
            dense_rank() over (order by c.environment)::integer as environment_no, dense_rank() over (order by t.os_version)::integer as version_no
        from synchealth.segment t join synchealth.core_segment c using (core_id)
        where c.app_id = app),
    prof as materialized (
        select p.profile_id, p.device_model, p.tags from synchealth.device_profile p
        where p.profile_id in (select d.profile_id from device d)),
    counted as materialized (
        select s.environment_no, s.version_no, d.profile_id, d.queue_depth, d.pending_age, d.success_age, grouping(s.version_no) = 0 as is_version,
            grouping(d.queue_depth) = 0 as is_depth, grouping(d.pending_age) = 0 as is_pending, grouping(d.success_age) = 0 as is_success,
            count(*) filter (where d.is_active) as active, count(*) as known, min(d.oldest_pending_at) filter (where d.is_active) as oldest_pending_at
        from device d join seg s using (segment_id)
        group by grouping sets (
            (s.environment_no, s.version_no, d.queue_depth), (s.environment_no, s.version_no, d.pending_age), (s.environment_no, s.version_no, d.success_age),
            (s.environment_no, d.profile_id, d.queue_depth), (s.environment_no, d.profile_id, d.pending_age), (s.environment_no, d.profile_id, d.success_age))),
    tag as (
        select k.name
        from counted c join prof p using (profile_id) cross join lateral jsonb_object_keys(p.tags) k (name)
        where c.is_depth and c.active > 0 and k.name <> '__other__' and k.name is distinct from promoted_tag
        group by k.name
        order by sum(c.active) desc, k.name
        limit max_tags),
    trait as materialized (
        select x.profile_id, x.dimension, x.value, x.max_values, 1 + dense_rank() over (order by x.dimension, x.value)::integer as no
        from (
            select p.profile_id, 'device_model' as dimension, p.device_model as value, max_values from prof p
            union all
            select p.profile_id, 'tag:' || t.name, coalesce(p.tags ->> t.name, ''), t.max_values
            from prof p
            cross join (
                select promoted_tag as name, max_values where promoted_tag is not null
                union all
                select g.name, max_tag_values from tag g) t) x),
    name as (
        select distinct 0 as kind, s.version_no as no, 'os_version' as dimension, s.os_version as value, max_values from seg s
        union all
        select distinct 1, t.no, t.dimension, t.value, t.max_values from trait t),
    spread as materialized (
        select c.environment_no, 0 as kind, c.version_no as no, c.queue_depth, c.pending_age, c.success_age, c.is_depth, c.is_pending, c.is_success,
            c.active, c.known, c.oldest_pending_at
        from counted c
        where c.is_version
        union all
        select c.environment_no, 1, t.no, c.queue_depth, c.pending_age, c.success_age, c.is_depth, c.is_pending, c.is_success,
            sum(c.active)::bigint, sum(c.known)::bigint, min(c.oldest_pending_at)
        from counted c join trait t using (profile_id)
        where not c.is_version
        group by 1, 2, 3, 4, 5, 6, 7, 8, 9),
    place as (
        select x.environment_no, x.kind, x.no, n.dimension,
            case when row_number() over (partition by x.environment_no, n.dimension order by x.active desc, n.value) <= n.max_values then n.value else '__other__' end as value
        from (
            select s.environment_no, s.kind, s.no, sum(s.active) as active
            from spread s
            where s.is_depth
            group by 1, 2, 3) x
        join name n using (kind, no)),
    merged as (
        select s.environment_no, l.dimension, l.value, s.queue_depth, s.pending_age, s.success_age, s.is_depth, s.is_pending, s.is_success,
            sum(s.active)::bigint as active, sum(s.known)::bigint as known, min(s.oldest_pending_at) as oldest_pending_at
        from spread s join place l using (environment_no, kind, no)
        group by 1, 2, 3, 4, 5, 6, 7, 8, 9)
    select m.dimension, e.environment, m.value,
        (sum(m.active) filter (where m.is_depth))::integer, (sum(m.known - m.active) filter (where m.is_depth))::integer,
        (sum(m.queue_depth * m.active) filter (where m.is_depth))::bigint, min(m.oldest_pending_at),
        coalesce(string_agg(synchealth.sketch_pair(least(m.queue_depth, 65535), m.active), ''::bytea) filter (where m.is_depth and m.active > 0), ''),
        coalesce(string_agg(synchealth.sketch_pair(m.pending_age, m.active), ''::bytea)
            filter (where m.is_pending and m.pending_age is not null and m.active > 0), ''),
        coalesce(string_agg(synchealth.sketch_pair(m.success_age, m.active), ''::bytea) filter (where m.is_success and m.active > 0), '')
    from merged m
    join (select distinct s.environment_no, s.environment from seg s) e using (environment_no)
    group by m.dimension, e.environment, m.value
$$;

-- Programs from before still ask for this one.
create or replace function synchealth.fleet_margins(app integer, promoted_tag text, at timestamptz, max_values integer)
returns table (dimension text, environment text, value text, devices integer, gone integer, queue_sum bigint, oldest_pending_at timestamptz,
    depths bytea, pending_ages bytea, success_ages bytea)
language sql stable as $$
    select * from synchealth.fleet_margins(app, promoted_tag, at, max_values, 0, 0)
$$;
