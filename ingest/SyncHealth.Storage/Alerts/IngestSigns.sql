-- What speaks for and against ingest being down. Indexes: event_received (BRIN); processes are few rows.
select has_process, lives, arrives, devices_before from synchealth.ingest_signs(@silence::interval, @arrived_since, @before_since, @now);
