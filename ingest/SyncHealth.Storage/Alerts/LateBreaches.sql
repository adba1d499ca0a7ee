-- Breaches that late data showed in [@from, @to) of the shared clock, oldest first, with what the evaluation saw; at most @limit. @app: name.
-- Index: alert_transition_at.
select a.rule, a.segment::text, t.inputs::text, a.unit
from synchealth.alert_transition t
join synchealth.alert a using (alert_id)
where t.at >= @from and t.at < @to and a.app_name = @app and a.class = 'late' and t.to_status = 'firing' and t.from_status <> 'recovering'
order by t.at, a.rule, a.segment
limit @limit;
