-- Names that the sample's events lack: errors by code, and as many device models as a fleet has. @app by name.
with errors as (
    insert into synchealth.error (kind, code)
    values ('server', 'http_503'), ('server', 'http_500'), ('timeout', 'http_504'), ('offline', 'no_network'), ('auth', 'http_401')
    on conflict do nothing
),
models as (
    insert into synchealth.device_profile (device_model, tags) select 'Model ' || n, '{}'::jsonb from generate_series(1, 40) n
    on conflict do nothing
    returning profile_id
)
insert into synchealth.app_profile (app_id, profile_id)
select a.app_id, m.profile_id from synchealth.app a cross join models m where a.name = @app
on conflict do nothing;
