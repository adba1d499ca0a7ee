-- Receivers by name, with what waits for each and how its attempts ended. @now: shared clock, what a waiting time is measured on.
-- Index: alert_notification_due; the rest are a row per receiver.
select r.receiver, r.type, r.target, r.has_secret, r.fallback, r.disabled_reason,
    coalesce(w.waiting, 0), w.oldest,
    coalesce((select jsonb_object_agg(c.outcome, c.attempts) from synchealth.alert_delivery_count c where c.receiver = r.receiver), '{}')::text
from synchealth.alert_receiver r
left join (
    select n.receiver, count(*) as waiting, min(n.created_at) filter (where n.visible_at <= @now) as oldest
    from synchealth.alert_notification n where n.status = 'waiting' group by n.receiver) w using (receiver)
order by r.receiver;
