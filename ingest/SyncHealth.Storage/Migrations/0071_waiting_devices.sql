-- Who has something queued: few of a fleet, and what the overview asks for every few seconds. In the order in which it lists them. An update of a device touches
-- its other index anyway (the time it was last seen is in it), so that this one costs only the devices that wait.
create index device_state_waiting on synchealth.device_state (app_id, queue_depth desc, oldest_pending_at, device_key) where queue_depth > 0;
