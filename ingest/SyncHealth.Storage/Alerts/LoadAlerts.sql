-- Alert instances of some classes with the state machine's memory, and who is on their present incident. Index: none needed; a row per rule, app, segment and class.
select rule, app_name, segment::text, version, state::text, class, k.acknowledged_by
from synchealth.alert
left join synchealth.alert_acknowledgement k using (alert_id, episode)
where class = any (@classes);
