-- The fleet now begins with the standing of each core segment: a hundred rows or so, in a table that a fold writes anew for every thousand devices it takes. What one
-- transaction leaves behind there is room for the next after a vacuum, and never given back: a worker that catches up, or a fleet filled at once, leaves a table of a
-- hundred megabytes for half a megabyte of rows. Each question about the present read all of it, as the standings were joined with the segments behind a union and so could not be
-- looked up: 50 ms of a million devices' 56, three or four times a page. They are joined first now, by their key where the table is large.
create or replace function synchealth.fleet_standing_now(app_name text, base_at timestamptz, now_at timestamptz, dimensions text[], filters text[])
returns setof synchealth.fleet_count language plpgsql stable set plan_cache_mode to 'auto' set jit to off as $$
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
        select c.group_key, s.devices, s.gone, s.queue_sum, s.oldest_pending_at, s.depths, s.pending_ages, s.success_ages
        from core c join synchealth.fleet_standing s using (core_id)
        union all
        select c.group_key, m.sign, 0, m.sign * m.queue_depth::bigint, case when m.sign > 0 then m.oldest_pending_at end,
            synchealth.sketch_pair(least(m.queue_depth, 65535), m.sign),
            coalesce(synchealth.sketch_pair(synchealth.age_bucket(m.oldest_pending_at, base_at), m.sign), ''),
            synchealth.sketch_pair(synchealth.age_bucket(m.success_at, base_at), m.sign)
        from moved m join synchealth.segment t using (segment_id) join core c using (core_id)
        where m.is_active
        union all
        select c.group_key, 0, m.sign, 0, null, '', '', ''
        from moved m join synchealth.segment t using (segment_id) join core c using (core_id)
        where not m.is_active)
    select p.group_key, sum(p.devices)::bigint, sum(p.gone)::bigint, sum(p.queue_sum)::bigint, min(p.oldest_pending_at),
        string_agg(p.depths, ''::bytea), string_agg(p.pending_ages, ''::bytea), string_agg(p.success_ages, ''::bytea)
    from part p
    group by p.group_key
    having sum(p.devices) <> 0 or sum(p.gone) <> 0;
end
$$;
