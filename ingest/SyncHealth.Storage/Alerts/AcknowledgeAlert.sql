-- Says that @by is on the open incident of an alert; the first who says so stays. Returns who is on it, or no row. @now: shared clock.
-- Key: alert_acknowledgement_pkey.
insert into synchealth.alert_acknowledgement as known (alert_id, episode, acknowledged_by, acknowledged_at)
select alert_id, episode, @by, @now from synchealth.alert where alert_id = @alert_id and status in ('firing', 'recovering')
on conflict (alert_id, episode) do update set acknowledged_by = known.acknowledged_by
returning acknowledged_by;
