-- Alert instances with the state machine's memory, and who is on their present incident: those of rules and their groups, or (@own) those of alerting about itself.
-- Index: none needed; a row per rule, app, segment and class.
select rule, app_name, segment::text, version, state::text, class, k.acknowledged_by
from synchealth.alert
left join synchealth.alert_acknowledgement k using (alert_id, episode)
where (class = 'ingest_down') = @own;
