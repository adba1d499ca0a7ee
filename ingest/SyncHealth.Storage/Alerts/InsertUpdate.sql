-- Puts news of an open incident (@kind: update or acknowledge) into the outbox, for each of @receivers that was told of its beginning or still will be.
-- An older update that has not left yet is overtaken: this one says how things stand. @visible_at: shared clock; @created_at: wall clock.
-- Key: alert_notification_pkey.
with told as (
    select receiver
    from synchealth.alert_notification
    where alert_id = @alert_id and episode = @episode and kind = 'trigger' and (in_doubt or status in ('waiting', 'delivered'))
      and (receiver = any (@receivers) or fallback_for = any (@receivers))
),
overtaken as (
    update synchealth.alert_notification
    set status = 'cancelled', finished_at = @created_at, detail = 'a newer message says how things stand'
    where alert_id = @alert_id and episode = @episode and receiver in (select receiver from told)
      and kind = @kind and status = 'waiting' and not in_doubt
)
insert into synchealth.alert_notification (alert_id, seq, receiver, episode, kind, message, visible_at, created_at, next_attempt_at)
select @alert_id, @seq, receiver, @episode, @kind, @message::jsonb, (@visible_at::timestamptz[])[1], @created_at, @created_at from told
on conflict (alert_id, seq, receiver, kind) do nothing;
