-- Tombstones of the user @Key of @App and of every device whose latest report names them, unfolded reports included. The caller holds the writers,
-- so every report is either in these tables or will be refused. A scan of device_state by app. Index: device_state_app.
with latest as (
    select distinct on (i.device_key) i.device_key, i.event_at, coalesce(i.seq, -1) as seq, i.event_hash, i.user_key
    from synchealth.device_increment i join synchealth.core_segment c using (core_id) join synchealth.app a using (app_id)
    where a.name = @App
    order by i.device_key, i.event_at desc, i.seq desc nulls last, i.event_hash desc
),
device as (
    select coalesce(s.device_key, l.device_key) as key,
        case when s.device_key is null or (l.event_at, l.seq, l.event_hash) > (s.last_seen_at, s.last_seq, s.last_hash) then l.user_key else s.user_key end as user_key
    from (select s.* from synchealth.device_state s join synchealth.app a using (app_id) where a.name = @App) s
    full join latest l on l.device_key = s.device_key
)
insert into synchealth.erased_key (kind, key, asked_at)
select 'user', @Key::bigint, @Now::timestamptz
union all
(select 'device', d.key, @Now::timestamptz from device d where d.user_key = @Key order by d.key)
on conflict (kind, key) do update set done_at = null
returning kind, key;
