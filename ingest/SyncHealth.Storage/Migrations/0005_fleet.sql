-- Queue depth, staleness and completeness: the fleet at this moment, in five-minute snapshots, and how late its events are.

-- One row per known device of an app, unfolded reports included. Ties break by (time, seq, hash), so arrival order changes nothing.
create function synchealth.device_now(app integer)
returns table (device_key bigint, segment_id integer, profile_id integer, first_seen_at timestamptz, last_seen_at timestamptz,
    last_success_at timestamptz, oldest_pending_at timestamptz, queue_depth integer)
language sql stable as $$
    with fresh as materialized (
        select i.*, coalesce(i.seq, -1) as seq_or_none
        from synchealth.device_increment i join synchealth.core_segment c using (core_id)
        where c.app_id = app),
    latest as materialized (
        select distinct on (f.device_key) f.*,
            min(f.first_event_at) over (partition by f.device_key) as first_at,
            max(f.last_success_at) over (partition by f.device_key) as success_at
        from fresh f
        order by f.device_key, f.event_at desc, f.seq_or_none desc, f.event_hash desc)
    select s.device_key, s.segment_id, s.profile_id, s.first_seen_at, s.last_seen_at, s.last_success_at, s.oldest_pending_at, s.queue_depth
    from synchealth.device_state s
    where s.app_id = app and s.device_key not in (select l.device_key from latest l)
    union all
    select l.device_key,
        case when is_newer then l.segment_id else s.segment_id end,
        case when is_newer then l.profile_id else s.profile_id end,
        least(s.first_seen_at, l.first_at), greatest(s.last_seen_at, l.event_at), greatest(s.last_success_at, l.success_at),
        case when is_newer then l.oldest_pending_at else s.oldest_pending_at end,
        case when is_newer then l.queue_depth else s.queue_depth end
    from latest l
    left join synchealth.device_state s using (device_key)
    cross join lateral (select s.device_key is null
        or (l.event_at, l.seq_or_none, l.event_hash) > (s.last_seen_at, s.last_seq, s.last_hash) as is_newer) n
$$;

-- Devices by queue depth, age of the oldest pending write, and age of the last success, at a moment and per core segment:
-- ages are seconds before taken_at, so a row is absolute and any later moment can age it. Depths are exact up to 65535.
create table synchealth.fleet_snapshot (
    taken_at timestamptz not null,
    oldest_pending_at timestamptz,
    queue_sum bigint not null,
    core_id integer not null,
    devices integer not null,                   -- seen in the active window of 7 days
    gone integer not null,                      -- left it
    depths bytea not null,                      -- pairs of (depth, devices)
    pending_ages bytea not null,                -- sketch in seconds; devices with nothing pending are absent
    success_ages bytea not null,                -- sketch in seconds; a device that never synced ages from first seen
    constraint fleet_snapshot_pkey primary key (taken_at, core_id)
);

create type synchealth.fleet_count as (
    group_key text[], devices bigint, gone bigint, queue_sum bigint, oldest_pending_at timestamptz,
    depths bytea, pending_ages bytea, success_ages bytea);

-- The fleet of an app at this moment, from device state; any dimension that a device has.
create function synchealth.fleet_now(app_name text, now_at timestamptz, dimensions text[], filters text[])
returns setof synchealth.fleet_count
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' as $$
declare
    core_only constant boolean := synchealth.is_core(dimensions, filters);
    app constant integer := (select a.app_id from synchealth.app a where a.name = app_name);
    now_seconds constant double precision := date_part('epoch', now_at);
begin
    return query
    with seg as materialized (
        select g.segment_id, g.group_key, dense_rank() over (order by g.group_key)::integer as no
        from synchealth.segment_groups(app_name, dimensions, filters) g),
    prof as materialized (
        select g.profile_id, g.group_key, dense_rank() over (order by g.group_key)::integer as no
        from synchealth.profile_groups(dimensions, filters) g where not core_only),
    device as (
        select s.no as seg_no, 0 as prof_no, d.* from synchealth.device_now(app) d join seg s using (segment_id) where core_only
        union all
        select s.no, p.no, d.* from synchealth.device_now(app) d join seg s using (segment_id) join prof p using (profile_id) where not core_only),
    aged as (
        select d.seg_no, d.prof_no, d.queue_depth as depth, d.oldest_pending_at, d.last_seen_at > now_at - interval '7 days' as is_active,
            synchealth.sketch_bucket(now_seconds - date_part('epoch', d.oldest_pending_at)) as pending_age,
            synchealth.sketch_bucket(now_seconds - date_part('epoch', coalesce(d.last_success_at, d.first_seen_at))) as success_age
        from device d),
    counted as (
        select d.seg_no, d.prof_no, d.depth, d.pending_age, d.success_age,
            grouping(d.depth) = 0 as is_depth, grouping(d.pending_age) = 0 as is_pending, grouping(d.success_age) = 0 as is_success,
            count(*) filter (where d.is_active) as active, count(*) as known,
            min(d.oldest_pending_at) filter (where d.is_active) as oldest_pending_at
        from aged d
        group by grouping sets ((d.seg_no, d.prof_no, d.depth), (d.seg_no, d.prof_no, d.pending_age), (d.seg_no, d.prof_no, d.success_age))),
    totals as (
        select c.seg_no, c.prof_no,
            (sum(c.active) filter (where c.is_depth))::bigint as devices,
            (sum(c.known - c.active) filter (where c.is_depth))::bigint as gone,
            coalesce(sum(c.depth * c.active) filter (where c.is_depth), 0)::bigint as queue_sum,
            min(c.oldest_pending_at) as oldest_pending_at,
            coalesce(string_agg(synchealth.sketch_pair(least(c.depth, 65535), c.active), ''::bytea) filter (where c.is_depth and c.active > 0), '') as depths,
            coalesce(string_agg(synchealth.sketch_pair(c.pending_age, c.active), ''::bytea)
                filter (where c.is_pending and c.pending_age is not null and c.active > 0), '') as pending_ages,
            coalesce(string_agg(synchealth.sketch_pair(c.success_age, c.active), ''::bytea) filter (where c.is_success and c.active > 0), '') as success_ages
        from counted c
        group by 1, 2)
    select synchealth.join_keys(s.group_key, p.group_key, p.group_key),
        t.devices, t.gone, t.queue_sum, t.oldest_pending_at, t.depths, t.pending_ages, t.success_ages
    from totals t
    join (select distinct x.no, x.group_key from seg x) s on s.no = t.seg_no
    left join (select distinct x.no, x.group_key from prof x) p on p.no = t.prof_no;
end
$$;

-- The fleet at each moment: now (which stands for any later one) from device state, past moments from the last snapshot of the ten minutes before them.
-- Dimensions beyond core (os_version, device_model, tags) are known for now only.
create function synchealth.fleet_at(app_name text, moments timestamptz[], now_at timestamptz, dimensions text[], filters text[])
returns table (group_key text[], moment timestamptz, taken_at timestamptz, devices bigint, gone bigint, queue_sum bigint,
    oldest_pending_at timestamptz, depths bytea, pending_ages bytea, success_ages bytea)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off as $$
declare
begin
    perform synchealth.refuse_unknown_dimensions(dimensions, filters);
    if synchealth.is_core(dimensions, filters) then
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
    end if;
    if now_at <= any (moments) then
        return query
        select f.group_key, now_at, now_at, f.devices, f.gone, f.queue_sum, f.oldest_pending_at, f.depths, f.pending_ages, f.success_ages
        from synchealth.fleet_now(app_name, now_at, dimensions, filters) f;
    end if;
end
$$;

---------------------------------------------------------------------------------------------------------- completeness
-- How late the events of the last seven days were, per app: replaced every five minutes beside the fleet snapshot.
create table synchealth.lag_learned (
    app_id integer not null,
    lag_class smallint not null,                -- as in core_increment
    attempts bigint not null,
    constraint lag_learned_pkey primary key (app_id, lag_class)
);
