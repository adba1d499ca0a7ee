-- Notifications about what happened in [@from, @to) of the shared clock, newest first, at most @limit. @app: name; groups that hold alerts of several
-- apps are everybody's. Times of delivery: wall clock. A notification is visible at most an hour after what it tells of, or whenever a mute ended.
-- Indexes: alert_notification_visible_at, alert_attempt_pkey.
select alert.rule, alert.segment::text, alert.class, notification.receiver, notification.kind, notification.status,
       coalesce(transition.at, notification.visible_at), notification.created_at, notification.finished_at, notification.attempts,
       notification.in_doubt, notification.detail,
       (select reference from synchealth.alert_reference r
        where r.alert_id = notification.alert_id and r.episode = notification.episode and r.receiver = notification.receiver),
       notification.alert_id, notification.seq, notification.next_attempt_at,
       alert.episode = notification.episode and alert.status in ('firing', 'recovering'),
       (select coalesce(json_agg(json_build_object('number', a.fence, 'at', a.at, 'tookMs', a.took_ms, 'outcome', a.outcome, 'said', a.said, 'detail', a.detail) order by a.fence), '[]')::text
        from synchealth.alert_attempt a
        where (a.alert_id, a.seq, a.receiver, a.kind) = (notification.alert_id, notification.seq, notification.receiver, notification.kind))
from synchealth.alert_notification notification
join synchealth.alert using (alert_id)
left join synchealth.alert_transition transition on transition.alert_id = notification.alert_id and transition.seq = notification.seq
where notification.visible_at >= @from and coalesce(transition.at, notification.visible_at) < @to
  and (alert.app_name = @app or (alert.class = 'group' and alert.app_name = 'all apps'))
order by coalesce(transition.at, notification.visible_at) desc, notification.alert_id desc, notification.seq desc, notification.receiver, notification.kind
limit @limit;
