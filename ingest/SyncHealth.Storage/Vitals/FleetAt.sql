-- Queue depth, oldest pending write and last success over the devices, at each of @moments; those from @now on are answered from the fleet's
-- standing, or by dimensions beyond core from device state. Indexes: device_state_app, fleet_snapshot_pkey, fleet_standing_pkey.
select group_key as "GroupKey", moment as "Moment", taken_at as "TakenAt", devices as "Devices", gone as "Gone", queue_sum as "QueueSum",
    oldest_pending_at as "OldestPendingAt", depths as "Depths", pending_ages as "PendingAges", success_ages as "SuccessAges"
from synchealth.fleet_at(@app, @moments, @now, @by, @filters);
