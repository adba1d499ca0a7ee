-- Says that @by is on the open incident of an alert; the first who says so stays. Returns who is on it, or no row. @now: shared clock.
-- The alert counts as changed, so that the next round reads it again. Key: alert_pkey, alert_acknowledgement_pkey.
with open as (
    update synchealth.alert set changed_in = pg_current_xact_id()
    where alert_id = @alert_id and status in ('firing', 'recovering')
    returning alert_id, episode
)
insert into synchealth.alert_acknowledgement as known (alert_id, episode, acknowledged_by, acknowledged_at)
select alert_id, episode, @by, @now from open
on conflict (alert_id, episode) do update set acknowledged_by = known.acknowledged_by
returning acknowledged_by;
