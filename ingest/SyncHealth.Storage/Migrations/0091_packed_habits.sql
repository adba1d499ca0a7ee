-- As before, from packs (0061): of them only the keys are taken apart. Its number follows that of the function that it replaces.
create or replace function synchealth.device_habits(app integer, now_at timestamptz)
returns table (device_key bigint, pause interval)
language sql stable as $$
    with day as (
        select x.device_key, x.day_at
        from synchealth.device_day x join synchealth.core_segment c using (core_id)
        where c.app_id = app and x.day_at > now_at - interval '35 days' and x.day_at <= now_at
        union
        select unnest(p.device_keys), p.day_at
        from synchealth.device_day_pack p join synchealth.core_segment c using (core_id)
        where c.app_id = app and p.day_at > now_at - interval '35 days' and p.day_at <= now_at
        union
        select i.device_key, synchealth.floor_to('1 day', i.event_at)
        from synchealth.device_increment i join synchealth.core_segment c using (core_id)
        where c.app_id = app and synchealth.floor_to('1 day', i.event_at) > now_at - interval '35 days'
          and synchealth.floor_to('1 day', i.event_at) <= now_at),
    step as (
        select y.device_key, y.day_at - lag(y.day_at) over (partition by y.device_key order by y.day_at) as pause from day y)
    select s.device_key, max(s.pause) from step s group by s.device_key having count(*) >= 3
$$;
