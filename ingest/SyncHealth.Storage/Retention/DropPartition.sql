-- Drops the partition of @Day, keeping rows whose corrected time is @KeepFrom or later; rows kept, or null when there is none.
select synchealth.drop_event_partition(@Day, @KeepFrom);
