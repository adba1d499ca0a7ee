-- Notifications of the transitions in [@from, @to) of the shared clock, newest first, at most @limit. @app: name. Times of delivery: wall clock.
-- Index: alert_transition_at, alert_notification_pkey.
select alert.rule, alert.segment::text, alert.class, notification.receiver, notification.kind, notification.status, transition.at,
       notification.created_at, notification.finished_at, notification.attempts, notification.in_doubt, notification.detail,
       (select reference from synchealth.alert_reference r
        where r.alert_id = notification.alert_id and r.episode = notification.episode and r.receiver = notification.receiver)
from synchealth.alert_transition transition
join synchealth.alert using (alert_id)
join synchealth.alert_notification notification on notification.alert_id = transition.alert_id and notification.seq = transition.seq
where transition.at >= @from and transition.at < @to and alert.app_name = @app
order by transition.at desc, notification.alert_id desc, notification.seq desc, notification.receiver
limit @limit;
