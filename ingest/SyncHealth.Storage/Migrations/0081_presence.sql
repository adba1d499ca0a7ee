-- Who is still there, each device judged by its own habit, and how fresh the fleet's data is: also of those who say nothing any more.

-- A device's habit: the longest time between two successive days (UTC) with a report, of the 35 days before a moment. Absent are devices with fewer than
-- three such days: they have shown none.
create function synchealth.device_habits(app integer, now_at timestamptz)
returns table (device_key bigint, pause interval)
language sql stable as $$
    with day as (
        select distinct d.device_key, d.day_at
        from synchealth.device_day_row d join synchealth.core_segment c using (core_id)
        where c.app_id = app and d.day_at > now_at - interval '35 days' and d.day_at <= now_at),
    step as (
        select y.device_key, y.day_at - lag(y.day_at) over (partition by y.device_key order by y.day_at) as pause from day y)
    select s.device_key, max(s.pause) from step s group by s.device_key having count(*) >= 3
$$;

-- Devices by how long they have been silent against their own habit (a day for those without one): active up to it, late up to twice, silent up to four
-- times and at least 7 days, then gone. Who is not gone is expected. reporting: expected devices heard of within `within`; synced: expected devices whose last
-- success is within it, whatever they said since. A device stands in the segment of its last report.
create function synchealth.presence(
    app_name text, within interval default '24 hours', dimensions text[] default '{}', filters text[] default '{}', now_at timestamptz default now())
returns table (group_key text[], active bigint, late bigint, silent bigint, gone bigint, reporting bigint, synced bigint)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' as $$
declare
    app constant integer := (select a.app_id from synchealth.app a where a.name = app_name);
begin
    perform synchealth.refuse_unknown_dimensions(dimensions, filters);
    return query
    with device as (
        select synchealth.join_keys(s.group_key, p.group_key, p.group_key) as group_key, now_at - d.last_seen_at as quiet,
            greatest(h.pause, interval '24 hours') as habit, now_at - d.last_success_at <= within as is_synced
        from synchealth.device_now(app) d
        join synchealth.segment_groups(app_name, dimensions, filters) s using (segment_id)
        join synchealth.profile_groups(dimensions, filters) p using (profile_id)
        left join synchealth.device_habits(app, now_at) h using (device_key)),
    judged as (
        select v.*, v.quiet > greatest(4 * v.habit, interval '7 days') as is_gone from device v)
    select j.group_key,
        count(*) filter (where not j.is_gone and j.quiet <= j.habit),
        count(*) filter (where not j.is_gone and j.quiet > j.habit and j.quiet <= 2 * j.habit),
        count(*) filter (where not j.is_gone and j.quiet > 2 * j.habit),
        count(*) filter (where j.is_gone),
        count(*) filter (where not j.is_gone and j.quiet <= within),
        count(*) filter (where not j.is_gone and j.is_synced)
    from judged j
    group by j.group_key;
end
$$;
