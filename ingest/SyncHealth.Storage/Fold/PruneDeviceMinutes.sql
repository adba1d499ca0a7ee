-- Deletes the minutes of hours before @Before; ranges that begin there are counted from raw events. One statement: a reader finds all of an hour's, or is told that there
-- are none. Indexes: device_minute_hour_pkey, device_minute_pkey.
with hours as (delete from synchealth.device_minute_hour where hour_at < @Before)
delete from synchealth.device_minute where hour_at < @Before;
