-- Alert instances of rules, and their groups, that were written since a snapshot whose oldest running transaction was @since, and all of the rules @again;
-- with the state machine's memory and who is on their present incident. Last column: the oldest transaction that runs now.
-- Index: alert_changed_in, alert_is_one_per_segment.
select rule, app_name, segment::text, version, state::text, class, k.acknowledged_by, pg_snapshot_xmin(pg_current_snapshot())::text
from synchealth.alert
left join synchealth.alert_acknowledgement k using (alert_id, episode)
where class in ('threshold', 'no_data', 'late', 'group') and (changed_in >= @since::text::xid8 or rule = any (@again::text[]));
