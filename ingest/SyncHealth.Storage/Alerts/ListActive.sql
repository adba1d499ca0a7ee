-- Alert instances that are pending, firing or recovering, most severe first. @app: name, or null for all apps.
-- Index: none needed; the table has a row per rule, app and segment.
select rule, app_name, segment::text, severity, status, since, metric_value, threshold, unit, attempts, devices, evaluated_at, class,
    alert_id, muted, k.acknowledged_by, k.acknowledged_at, goes_to::text
from synchealth.alert
left join synchealth.alert_acknowledgement k using (alert_id, episode)
where status in ('pending', 'firing', 'recovering') and class <> 'group'
  and (@app::text is null or app_name = @app)
order by array_position(array['critical', 'error', 'warning', 'ticket', 'info'], severity),
         array_position(array['firing', 'recovering', 'pending'], status), since, rule, app_name, segment, class;
