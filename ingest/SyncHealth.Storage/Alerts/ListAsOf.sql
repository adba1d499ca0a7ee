-- The change that put each alert into the state in which it stood at @at (shared clock), of those that were pending, firing or recovering, most severe first.
-- @app: name, or null for all apps. Index: alert_transition_at.
select s.rule, s.app_name, s.segment, s.severity, s.from_status, s.to_status, s.at, s.reason, s.inputs, s.class
from (
    select distinct on (t.alert_id) a.rule, a.app_name, a.segment::text as segment, t.severity, t.from_status, t.to_status, t.at, t.reason, t.inputs::text as inputs, a.class
    from synchealth.alert_transition t
    join synchealth.alert a using (alert_id)
    where t.at <= @at and (@app::text is null or a.app_name = @app) and a.class <> 'group'
    order by t.alert_id, t.seq desc) s
where s.to_status in ('pending', 'firing', 'recovering')
order by array_position(array['critical', 'error', 'warning', 'ticket', 'info'], s.severity),
         array_position(array['firing', 'recovering', 'pending'], s.to_status), s.at, s.rule, s.app_name, s.segment, s.class;
