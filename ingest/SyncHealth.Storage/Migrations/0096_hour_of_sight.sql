-- Each event of a device moved its entry in the index of when devices were last seen to the end, and left a hole in a page that is used again only when all of its two hundred
-- devices have come again; by the age of the oldest pending write likewise, for each depth. The two took 600 bytes a device in a fleet that syncs ten times a day. By the hour,
-- and by depth alone, entries share a key, and a new one goes where old ones were.
alter table synchealth.device_state add column last_hour_at timestamptz not null generated always as (synchealth.floor_to('1 hour', last_seen_at)) stored;
drop index synchealth.device_state_app;
create index device_state_app on synchealth.device_state (app_id, last_hour_at);
drop index synchealth.device_state_waiting;
create index device_state_waiting on synchealth.device_state (app_id, queue_depth desc) where queue_depth > 0;

-- Devices of an app that were seen since a moment, unfolded reports included. Who asks for a short time finds them by the hour.
create function synchealth.device_seen(app integer, since timestamptz)
returns table (device_key bigint, segment_id integer, profile_id integer, first_seen_at timestamptz, last_seen_at timestamptz,
    last_success_at timestamptz, oldest_pending_at timestamptz, queue_depth integer)
language sql stable as $$
    with fresh as materialized (select f.* from synchealth.device_fresh(app) f)
    select s.device_key, s.segment_id, s.profile_id, s.first_seen_at, s.last_seen_at, s.last_success_at, s.oldest_pending_at, s.queue_depth
    from synchealth.device_state s
    where s.app_id = app and s.last_hour_at >= synchealth.floor_to('1 hour', since) and s.last_seen_at >= since
      and s.device_key not in (select f.device_key from fresh f)
    union all
    select f.* from fresh f where f.last_seen_at >= since
$$;

-- As before, from those.
create or replace function synchealth.rule_devices(
    app_name text, since timestamptz, dimensions text[], filters text[], depth_over integer, stale_before timestamptz, silent_before timestamptz)
returns table (group_key text[], devices bigint, deep bigint, stale bigint, silent bigint)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' as $$
begin
    return query
    with seg as materialized (
        select g.segment_id, g.group_key, dense_rank() over (order by g.group_key)::integer as no
        from synchealth.segment_groups(app_name, dimensions, filters) g),
    prof as materialized (
        select g.profile_id, g.group_key, dense_rank() over (order by g.group_key)::integer as no
        from synchealth.profile_groups(dimensions, filters) g),
    counted as (
        select s.no as seg_no, p.no as prof_no, count(*) as devices,
            count(*) filter (where d.queue_depth > depth_over) as deep,
            count(*) filter (where coalesce(d.last_success_at, d.first_seen_at) < stale_before) as stale,
            count(*) filter (where d.last_seen_at < silent_before) as silent
        from synchealth.device_seen((select a.app_id from synchealth.app a where a.name = app_name), since) d
        join seg s using (segment_id)
        join prof p using (profile_id)
        group by 1, 2)
    select synchealth.join_keys(s.group_key, p.group_key, p.group_key), c.devices, c.deep, c.stale, c.silent
    from counted c
    join (select distinct x.no, x.group_key from seg x) s on s.no = c.seg_no
    join (select distinct x.no, x.group_key from prof x) p on p.no = c.prof_no;
end
$$;

-- As before, finding the devices that left the active window by the hour.
create or replace function synchealth.fleet_standing_now(app_name text, base_at timestamptz, now_at timestamptz, dimensions text[], filters text[])
returns setof synchealth.fleet_count
language plpgsql stable set plan_cache_mode = auto set jit = off as $$
declare
    app constant integer := (select a.app_id from synchealth.app a where a.name = app_name);
begin
    return query
    with core as materialized (select g.core_id, g.group_key from synchealth.core_groups(app_name, dimensions, filters) g),
    fresh as materialized (select f.* from synchealth.device_fresh(app) f),
    -- What the standing holds of a device whose place has changed, to be taken off, and what holds now.
    moved as (
        select -1 as sign, s.last_seen_at > base_at - interval '7 days' as is_active, s.segment_id, s.queue_depth, s.oldest_pending_at,
            coalesce(s.last_success_at, s.first_seen_at) as success_at
        from fresh f join synchealth.device_state s using (device_key)
        union all
        select 1, f.last_seen_at > now_at - interval '7 days', f.segment_id, f.queue_depth, f.oldest_pending_at, coalesce(f.last_success_at, f.first_seen_at)
        from fresh f
        union all
        select v.sign, v.sign < 0, s.segment_id, s.queue_depth, s.oldest_pending_at, coalesce(s.last_success_at, s.first_seen_at)
        from synchealth.device_state s cross join (values (-1), (1)) v (sign)
        where s.app_id = app and s.last_seen_at > base_at - interval '7 days' and s.last_seen_at <= now_at - interval '7 days'
          and s.last_hour_at between synchealth.floor_to('1 hour', base_at - interval '7 days') and now_at - interval '7 days'
          and s.device_key not in (select f.device_key from fresh f)),
    part as (
        select s.core_id, s.devices, s.gone, s.queue_sum, s.oldest_pending_at, s.depths, s.pending_ages, s.success_ages
        from synchealth.fleet_standing s
        union all
        select t.core_id, m.sign, 0, m.sign * m.queue_depth::bigint, case when m.sign > 0 then m.oldest_pending_at end,
            synchealth.sketch_pair(least(m.queue_depth, 65535), m.sign),
            coalesce(synchealth.sketch_pair(synchealth.age_bucket(m.oldest_pending_at, base_at), m.sign), ''),
            synchealth.sketch_pair(synchealth.age_bucket(m.success_at, base_at), m.sign)
        from moved m join synchealth.segment t using (segment_id)
        where m.is_active
        union all
        select t.core_id, 0, m.sign, 0, null, '', '', ''
        from moved m join synchealth.segment t using (segment_id)
        where not m.is_active)
    select c.group_key, sum(p.devices)::bigint, sum(p.gone)::bigint, sum(p.queue_sum)::bigint, min(p.oldest_pending_at),
        string_agg(p.depths, ''::bytea), string_agg(p.pending_ages, ''::bytea), string_agg(p.success_ages, ''::bytea)
    from part p join core c using (core_id)
    group by c.group_key
    having sum(p.devices) <> 0 or sum(p.gone) <> 0;
end
$$;
