-- Work at risk from the index alone: a million devices have sixty thousand that wait, each on a page of its own. As in 0096 by depth alone, with what is asked of them
-- beside the key; a page that no device has changed since the last vacuum need not be looked at.
drop index synchealth.device_state_waiting;
create index device_state_waiting on synchealth.device_state (app_id, queue_depth desc)
    include (oldest_pending_at, device_key, last_seen_at, last_success_at, first_seen_at, segment_id, profile_id) where queue_depth > 0;
