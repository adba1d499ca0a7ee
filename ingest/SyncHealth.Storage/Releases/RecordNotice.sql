-- Records how an attempt ended, if its lease (@fence) is still the newest. Returns whether. Key: release_notice_pkey.
with done as (
    update synchealth.release_notice
    set status = @status, detail = @detail, next_attempt_at = @next_attempt_at, leased_until = null
    where app_name = @app and app_version = @version and receiver = @receiver and fence = @fence and status = 'waiting'
    returning 1
)
select count(*) from done;
