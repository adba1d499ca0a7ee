-- Puts the beginning of an incident, or a digest (@kind), into the outbox, for each of @receivers at its own time of @visible_at.
-- @visible_at: shared clock; @created_at: wall clock. Key: alert_notification_pkey.
insert into synchealth.alert_notification (alert_id, seq, receiver, episode, kind, message, visible_at, created_at, next_attempt_at)
select @alert_id, @seq, told.receiver, @episode, @kind, @message::jsonb, told.visible_at, @created_at, @created_at
from unnest(@receivers::text[], @visible_at::timestamptz[]) told(receiver, visible_at);
