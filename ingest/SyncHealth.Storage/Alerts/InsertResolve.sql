-- Puts the end of an incident into the outbox, for each of @receivers. Where the beginning certainly never arrived, both are over:
-- a trigger still waiting is cancelled, and the resolve is stored as cancelled, so that the history says why nobody was told.
-- Those who heard the beginning in the place of a receiver that refused it hear the end too.
-- @visible_at: shared clock; @created_at: wall clock. Key: alert_notification_pkey.
with told as (
    select unnest(@receivers::text[]) as receiver
    union
    select receiver
    from synchealth.alert_notification
    where alert_id = @alert_id and episode = @episode and kind = 'trigger' and fallback_for is not null
),
cancelled as (
    update synchealth.alert_notification
    set status = 'cancelled', finished_at = @created_at, detail = 'the incident ended before it was sent'
    where alert_id = @alert_id and episode = @episode and receiver in (select receiver from told)
      and kind = 'trigger' and status = 'waiting' and not in_doubt
    returning receiver
),
overtaken as (
    update synchealth.alert_notification
    set status = 'cancelled', finished_at = @created_at, detail = 'the incident ended before it was sent'
    where alert_id = @alert_id and episode = @episode and receiver in (select receiver from told)
      and kind in ('update', 'acknowledge') and status = 'waiting' and not in_doubt
),
unheard as (
    select receiver from cancelled
    union
    select receiver
    from synchealth.alert_notification
    where alert_id = @alert_id and episode = @episode and receiver in (select receiver from told)
      and kind = 'trigger' and status in ('refused', 'expired', 'cancelled') and not in_doubt
)
insert into synchealth.alert_notification (
    alert_id, seq, receiver, episode, kind, message, visible_at, created_at, next_attempt_at, status, detail, finished_at)
select @alert_id, @seq, told.receiver, @episode, 'resolve', @message::jsonb, (@visible_at::timestamptz[])[1], @created_at, @created_at,
       case when unheard.receiver is null then 'waiting' else 'cancelled' end,
       case when unheard.receiver is null then '' else 'its beginning was never delivered' end,
       case when unheard.receiver is null then null else @created_at::timestamptz end
from told
left join unheard using (receiver);
