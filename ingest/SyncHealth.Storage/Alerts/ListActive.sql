-- Alert instances that are pending, firing or recovering, most severe first. @app: name, or null for all apps.
-- Index: none needed; the table has a row per rule, app and segment.
select rule, app_name, segment::text, severity, status, since, metric_value, threshold, unit, attempts, devices, evaluated_at, class
from synchealth.alert
where status in ('pending', 'firing', 'recovering')
  and (@app::text is null or app_name = @app)
order by array_position(array['critical', 'error', 'warning', 'ticket', 'info'], severity),
         array_position(array['firing', 'recovering', 'pending'], status), since, rule, app_name, segment, class;
