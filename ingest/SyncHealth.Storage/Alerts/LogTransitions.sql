-- Transitions in [@from, @to) of the shared clock with the unit and threshold of their alert, newest first, at most @limit. @app: name.
-- Index: alert_transition_at.
select alert.rule, alert.app_name, alert.segment::text, transition.severity, transition.from_status, transition.to_status, transition.at,
       transition.reason, transition.inputs::text, alert.class, alert.unit, alert.threshold
from synchealth.alert_transition transition
join synchealth.alert using (alert_id)
where transition.at >= @from and transition.at < @to and alert.app_name = @app
order by transition.at desc, transition.alert_id desc, transition.seq desc
limit @limit;
