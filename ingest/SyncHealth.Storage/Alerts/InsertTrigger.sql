-- Puts the beginning of an incident into the outbox, for each of @receivers.
-- @visible_at: shared clock; @created_at: wall clock. Key: alert_notification_pkey.
insert into synchealth.alert_notification (alert_id, seq, receiver, episode, kind, message, visible_at, created_at, next_attempt_at)
select @alert_id, @seq, receiver, @episode, 'trigger', @message::jsonb, @visible_at, @created_at, @created_at
from unnest(@receivers::text[]) receiver;
