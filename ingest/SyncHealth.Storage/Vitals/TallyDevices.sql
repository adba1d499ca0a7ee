-- Adds up the devices of every app that has @leastDevices, as they stand at @at. Indexes: device_state_app; once a day device_day_pkey.
select synchealth.tally_devices(@at, @leastDevices);
