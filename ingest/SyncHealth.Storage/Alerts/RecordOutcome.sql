-- Records how an attempt ended, if its lease (@fence) is still the newest; a newer holder decides otherwise. Times: wall clock.
-- Keys: alert_notification_pkey, alert_reference_pkey.
with done as (
    update synchealth.alert_notification
    set status = @status, in_doubt = @in_doubt, detail = @detail, next_attempt_at = @next_attempt_at, leased_until = null,
        finished_at = case when @status = 'waiting' then null else @at::timestamptz end
    where alert_id = @alert_id and seq = @seq and receiver = @receiver and fence = @fence and status = 'waiting'
    returning alert_id, episode, receiver
),
referenced as (
    insert into synchealth.alert_reference (alert_id, episode, receiver, reference)
    select alert_id, episode, receiver, @reference::text from done where @reference::text is not null
    on conflict (alert_id, episode, receiver) do update set reference = excluded.reference
)
select count(*) from done;
