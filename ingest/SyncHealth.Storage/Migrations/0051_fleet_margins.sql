-- The history of queue depth, oldest pending write and staleness by what a device is beyond core: its os_version, its device_model, and the tag
-- that its app has promoted. As rollup_margin: one dimension alone, so that snapshots stay few, and names instead of ids.

---------------------------------------------------------------------------------------------------------- rows
-- Every five minutes for two days, then on the hour.
create table synchealth.fleet_margin (
    taken_at timestamptz not null,
    oldest_pending_at timestamptz,
    queue_sum bigint not null,
    app_id integer not null,
    devices integer not null,                   -- from here on as in fleet_snapshot
    gone integer not null,
    dimension text not null,                    -- os_version, device_model or tag:NAME
    environment text not null,
    value text not null,                        -- __other__: those beyond the cap
    depths bytea not null,
    pending_ages bytea not null,
    success_ages bytea not null,
    constraint fleet_margin_pkey primary key (taken_at, app_id, dimension, environment, value)
) with (toast_tuple_target = 8160);
alter table synchealth.fleet_margin
    alter column depths set storage external, alter column pending_ages set storage external, alter column success_ages set storage external;

-- Finds what is not on the hour: it is dropped first.
create index fleet_margin_minute on synchealth.fleet_margin (taken_at) where date_part('minute', taken_at at time zone 'UTC') <> 0;

-- The dimension whose margin knows the past of a question: the only one it names beside the environment; null if it names several, or another one.
create function synchealth.fleet_margin_of(dimensions text[], filters text[]) returns text
language sql immutable parallel safe
return (
    select case when count(*) = 1 and (min(n) in ('os_version', 'device_model') or min(n) like 'tag:%') then min(n) end
    from synchealth.names_in(dimensions, filters) n
    where n <> 'environment');

-- The fleet of an app at a moment by environment and each value of each dimension of fleet_margin, unfolded reports included. Of a dimension the
-- max_values values with the most active devices have rows of their own, all others share __other__; so every dimension counts every device.
create function synchealth.fleet_margins(app integer, promoted_tag text, at timestamptz, max_values integer)
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
        select p.profile_id, p.device_model, x.tag_value,
            dense_rank() over (order by p.device_model)::integer as model_no,
            case when promoted_tag is not null then dense_rank() over (order by x.tag_value)::integer end as tag_no
        from synchealth.device_profile p
        cross join lateral (select coalesce(p.tags ->> promoted_tag, '') as tag_value) x
        where p.profile_id in (select d.profile_id from device d)),
    name as (
        select 0 as kind, s.version_no as no, 'os_version' as dimension, s.os_version as value from seg s
        union
        select 1, p.model_no, 'device_model', p.device_model from prof p
        union
        select 2, p.tag_no, 'tag:' || promoted_tag, p.tag_value from prof p where p.tag_no is not null),
    counted as materialized (
        select s.environment_no, case when grouping(s.version_no) = 0 then 0 when grouping(p.model_no) = 0 then 1 else 2 end as kind,
            coalesce(s.version_no, p.model_no, p.tag_no) as no, d.queue_depth, d.pending_age, d.success_age,
            grouping(d.queue_depth) = 0 as is_depth, grouping(d.pending_age) = 0 as is_pending, grouping(d.success_age) = 0 as is_success,
            count(*) filter (where d.is_active) as active, count(*) as known, min(d.oldest_pending_at) filter (where d.is_active) as oldest_pending_at
        from device d join seg s using (segment_id) join prof p using (profile_id)
        group by grouping sets (
            (s.environment_no, s.version_no, d.queue_depth), (s.environment_no, s.version_no, d.pending_age), (s.environment_no, s.version_no, d.success_age),
            (s.environment_no, p.model_no, d.queue_depth), (s.environment_no, p.model_no, d.pending_age), (s.environment_no, p.model_no, d.success_age),
            (s.environment_no, p.tag_no, d.queue_depth), (s.environment_no, p.tag_no, d.pending_age), (s.environment_no, p.tag_no, d.success_age))),
    place as (
        select x.environment_no, x.kind, x.no, n.dimension,
            case when row_number() over (partition by x.environment_no, x.kind order by x.active desc, n.value) <= max_values then n.value else '__other__' end as value
        from (
            select c.environment_no, c.kind, c.no, sum(c.active) as active
            from counted c
            where c.is_depth
            group by 1, 2, 3) x
        join name n using (kind, no)),
    merged as (
        select c.environment_no, l.dimension, l.value, c.queue_depth, c.pending_age, c.success_age, c.is_depth, c.is_pending, c.is_success,
            sum(c.active)::bigint as active, sum(c.known)::bigint as known, min(c.oldest_pending_at) as oldest_pending_at
        from counted c join place l using (environment_no, kind, no)
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

---------------------------------------------------------------------------------------------------------- the past
-- One dimension of fleet_margin at past moments, from the last snapshot of the ten minutes before each. A value that was beyond the cap then has none.
create function synchealth.fleet_margin_at(app_name text, moments timestamptz[], now_at timestamptz, dimensions text[], filters text[])
returns table (group_key text[], moment timestamptz, taken_at timestamptz, devices bigint, gone bigint, queue_sum bigint,
    oldest_pending_at timestamptz, depths bytea, pending_ages bytea, success_ages bytea)
language plpgsql stable set jit = off as $$
declare
    app constant integer := (select a.app_id from synchealth.app a where a.name = app_name);
    name constant text := synchealth.fleet_margin_of(dimensions, filters);
    values_asked constant text[] := array(select substr(f, length(name) + 2) from unnest(filters) f where starts_with(f, name || ':'));
    environments constant text[] := array(select substr(f, length('environment:') + 1) from unnest(filters) f where starts_with(f, 'environment:'));
begin
    return query
    select array(select case d when 'environment' then min(s.environment) else min(s.value) end from unnest(dimensions) with ordinality u(d, n) order by n),
        m.moment, s.taken_at, sum(s.devices), sum(s.gone), sum(s.queue_sum)::bigint, min(s.oldest_pending_at),
        string_agg(s.depths, ''::bytea), string_agg(s.pending_ages, ''::bytea), string_agg(s.success_ages, ''::bytea)
    from unnest(moments) m(moment)
    cross join lateral (
        select max(x.taken_at) as taken_at from synchealth.fleet_margin x
        where x.taken_at <= m.moment and x.taken_at > m.moment - interval '10 minutes') t
    join synchealth.fleet_margin s on s.taken_at = t.taken_at and s.app_id = app and s.dimension = name
    where m.moment < now_at
      and (values_asked = '{}' or s.value = any (values_asked)) and (environments = '{}' or s.environment = any (environments))
    group by m.moment, s.taken_at, case when name = any (dimensions) then s.value end, case when 'environment' = any (dimensions) then s.environment end;
end
$$;

-- As before, and the past of one dimension of fleet_margin too.
create or replace function synchealth.fleet_at(app_name text, moments timestamptz[], now_at timestamptz, dimensions text[], filters text[])
returns table (group_key text[], moment timestamptz, taken_at timestamptz, devices bigint, gone bigint, queue_sum bigint,
    oldest_pending_at timestamptz, depths bytea, pending_ages bytea, success_ages bytea)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off as $$
declare
    core_only constant boolean := synchealth.is_core(dimensions, filters);
    base_at constant timestamptz := (
        select b.taken_at from synchealth.fleet_base b where b.taken_at <= now_at and b.taken_at > now_at - interval '12 hours');
begin
    perform synchealth.refuse_unknown_dimensions(dimensions, filters);
    if core_only and now_at > any (moments) then
        return query
        with core as materialized (select * from synchealth.core_groups(app_name, dimensions, filters))
        select g.group_key, m.moment, s.taken_at, sum(s.devices), sum(s.gone), sum(s.queue_sum)::bigint, min(s.oldest_pending_at),
            string_agg(s.depths, ''::bytea), string_agg(s.pending_ages, ''::bytea), string_agg(s.success_ages, ''::bytea)
        from unnest(moments) m(moment)
        cross join lateral (
            select max(x.taken_at) as taken_at from synchealth.fleet_snapshot x
            where x.taken_at <= m.moment and x.taken_at > m.moment - interval '10 minutes') t
        join synchealth.fleet_snapshot s on s.taken_at = t.taken_at
        join core g using (core_id)
        where m.moment < now_at
        group by 1, 2, 3;
    elsif now_at > any (moments) and synchealth.fleet_margin_of(dimensions, filters) is not null then
        return query select * from synchealth.fleet_margin_at(app_name, moments, now_at, dimensions, filters);
    end if;
    if now_at <= any (moments) and core_only and base_at is not null then
        return query
        select f.group_key, now_at, base_at, f.devices, f.gone, f.queue_sum, f.oldest_pending_at, f.depths, f.pending_ages, f.success_ages
        from synchealth.fleet_standing_now(app_name, base_at, now_at, dimensions, filters) f;
    elsif now_at <= any (moments) then
        return query
        select f.group_key, now_at, now_at, f.devices, f.gone, f.queue_sum, f.oldest_pending_at, f.depths, f.pending_ages, f.success_ages
        from synchealth.fleet_now(app_name, now_at, dimensions, filters) f;
    end if;
end
$$;
