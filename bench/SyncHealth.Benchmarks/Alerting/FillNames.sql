-- What two apps are made of: 300 core segments each (25 versions, 4 networks, 3 systems), so that every rule by release and network has 100 of an app, whatever
-- system it asks for. @apps: their names; @now: the end of the thirty days.
with apps as (
    insert into synchealth.app (name, first_seen_at)
    select name, @now::timestamptz - interval '30 days' from unnest(@apps::text[]) name
    returning app_id
),
cores as (
    insert into synchealth.core_segment (app_id, environment, app_version, os, network)
    select a.app_id, 'production', '2.' || version, os, network
    from apps a, generate_series(0, 24) version, unnest('{android,ios,windows}'::text[]) os, unnest('{wifi,cellular,ethernet,unknown}'::text[]) network
    returning core_id
),
profiles as (
    insert into synchealth.device_profile (device_model, tags) values ('Pixel 8', '{}'::jsonb)
    on conflict do nothing
    returning profile_id
),
known as (
    insert into synchealth.app_profile (app_id, profile_id) select a.app_id, p.profile_id from apps a, profiles p
)
insert into synchealth.segment (core_id, os_version, type, trigger) select core_id, '14', 'delta', 'foreground' from cores;
