-- Releases of @app that came into traffic in [@from, @to) of the shared clock, by name. Key: release_seen_pkey.
select app_version from synchealth.release_seen where app_name = @app and seen_at >= @from and seen_at < @to and first_event_at >= @from order by app_version;
