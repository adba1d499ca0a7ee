-- One definition of how silent is silent, for the counts and for the lists behind them.
create function synchealth.presence_state(quiet interval, habit interval) returns text
language sql immutable parallel safe
return case
    when quiet > greatest(4 * greatest(habit, interval '24 hours'), interval '7 days') then 'gone'
    when quiet > 2 * greatest(habit, interval '24 hours') then 'silent'
    when quiet > greatest(habit, interval '24 hours') then 'late'
    else 'active'
end;

-- As before, by that definition. greatest passes a missing habit over: such a device is taken for a daily one.
create or replace function synchealth.presence(
    app_name text, within interval default '24 hours', dimensions text[] default '{}', filters text[] default '{}', now_at timestamptz default now())
returns table (group_key text[], active bigint, late bigint, silent bigint, gone bigint, reporting bigint, synced bigint)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '32MB' as $$
declare
    app constant integer := (select a.app_id from synchealth.app a where a.name = app_name);
begin
    perform synchealth.refuse_unknown_dimensions(dimensions, filters);
    return query
    with device as (
        select synchealth.join_keys(s.group_key, p.group_key, p.group_key) as group_key, synchealth.presence_state(now_at - d.last_seen_at, h.pause) as state,
            now_at - d.last_seen_at <= within as is_reporting, now_at - d.last_success_at <= within as is_synced
        from synchealth.device_now(app) d
        join synchealth.segment_groups(app_name, dimensions, filters) s using (segment_id)
        join synchealth.profile_groups(dimensions, filters) p using (profile_id)
        left join synchealth.device_habits(app, now_at) h using (device_key))
    select v.group_key,
        count(*) filter (where v.state = 'active'), count(*) filter (where v.state = 'late'), count(*) filter (where v.state = 'silent'), count(*) filter (where v.state = 'gone'),
        count(*) filter (where v.state <> 'gone' and v.is_reporting), count(*) filter (where v.state <> 'gone' and v.is_synced)
    from device v
    group by v.group_key;
end
$$;
