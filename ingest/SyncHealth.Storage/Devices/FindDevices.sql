-- Devices of @app that a search may mean: the one whose id hashes to @device, those of the user reference that hashes to @user, and those whose
-- key lies in [@low, @high] (null: no such search). Latest seen first, at most @limit of each kind. Indexes: device_state_pkey; device_state_app.
with found as (
    select 'id' as how, s.device_key, s.last_seen_at from synchealth.device_state s join synchealth.app a using (app_id)
    where a.name = @app and s.device_key = @device
    union all
    (select 'user', s.device_key, s.last_seen_at from synchealth.device_state s join synchealth.app a using (app_id)
    where a.name = @app and s.user_key = @user
    order by s.last_seen_at desc limit @limit)
    union all
    (select 'key', s.device_key, s.last_seen_at from synchealth.device_state s join synchealth.app a using (app_id)
    where a.name = @app and s.device_key between @low::bigint and @high::bigint
    order by s.last_seen_at desc limit @limit)
    union all
    select 'id', i.device_key, max(i.event_at) from synchealth.device_increment i join synchealth.core_segment c using (core_id) join synchealth.app a using (app_id)
    where a.name = @app and i.device_key = @device and not exists (select from synchealth.device_state s where s.device_key = i.device_key)
    group by i.device_key
)
select how as "How", device_key as "DeviceKey", last_seen_at as "LastSeenAt"
from found
order by array_position(array['id', 'user', 'key'], how), last_seen_at desc, device_key;
