-- What the default partition holds beyond retention, by corrected time, and what stands beside events. @Before: now less retention.
-- A scan of the default partition; the others by BRIN or scan of small tables.
delete from synchealth.event_default where event_at < @Before;
delete from synchealth.quarantined_event where received_at < @Before;
delete from synchealth.reported_drop where received_at < @Before;
delete from synchealth.intake_tally where bucket_at < @Before;
delete from synchealth.server_word where heard_at < @Before;
