-- The tag that an app has promoted to its rollups, or null. Index: app_pkey.
select promoted_tag from synchealth.app where app_id = @appId;
