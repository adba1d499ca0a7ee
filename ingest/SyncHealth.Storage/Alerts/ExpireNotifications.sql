-- Gives up on notifications that have waited since before @created_before, unless somebody is just sending them. Times: wall clock.
-- Returns how many. Index: alert_notification_waiting.
with expired as (
    update synchealth.alert_notification
    set status = 'expired', finished_at = @wall_now
    where status = 'waiting' and created_at < @created_before and (leased_until is null or leased_until <= @wall_now)
    returning 1
)
select count(*) from expired;
