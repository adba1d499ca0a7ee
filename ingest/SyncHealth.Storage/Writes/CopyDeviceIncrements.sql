-- Columns in the order of DeviceIncrement.Encode.
copy synchealth.device_increment (device_key, event_hash, first_event_at, event_at, received_at, last_success_at, oldest_pending_at, seq, user_key, clock_offset_ms, segment_id, core_id, profile_id, queue_depth, is_attempt) from stdin (format binary)
