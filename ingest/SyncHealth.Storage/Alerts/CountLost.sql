-- Messages about an app that never arrived, by receiver: refused or given up, and nobody stood in. @from, @to: shared clock, of what they tell of; @app: name.
-- Index: alert_notification_visible_at.
select n.receiver, count(*)
from synchealth.alert_notification n
join synchealth.alert a using (alert_id)
where n.visible_at >= @from and n.visible_at < @to and n.status in ('refused', 'expired') and a.app_name = @app
  and not exists (select from synchealth.alert_notification f
                  where f.alert_id = n.alert_id and f.seq = n.seq and f.kind = n.kind and f.fallback_for = n.receiver and f.status = 'delivered')
group by n.receiver;
