-- Devices ever known of an app. Index: device_state_app.
select count(*) from synchealth.device_state where app_id = @appId;
