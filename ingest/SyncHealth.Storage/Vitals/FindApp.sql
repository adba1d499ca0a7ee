-- The id of an app by name. Index: app_name_is_unique.
select app_id from synchealth.app where name = @app;
