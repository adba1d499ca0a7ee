-- Lets wait once more what @receiver refused or was not told in a day, as long as its incident is open: its end will be told as that of any other.
-- Returns how many: 1, or 0 when there is nothing to send again. @wall_now: wall clock. Keys: alert_notification_pkey, alert_pkey.
with again as (
    update synchealth.alert_notification told
    set status = 'waiting', finished_at = null, created_at = @wall_now, next_attempt_at = @wall_now, leased_until = null
    from synchealth.alert
    where told.alert_id = @alert_id and told.seq = @seq and told.receiver = @receiver and told.kind = @kind and told.status in ('refused', 'expired')
      and alert.alert_id = told.alert_id and alert.episode = told.episode and alert.status in ('firing', 'recovering')
    returning told.seq
)
select count(*) from again;
