-- Deletes the five minutes of hours before @Before; ranges that begin there are counted from raw events. One statement: a reader finds all of an hour's, or is told that there
-- are none. Indexes: device_slot_hour_pkey, device_slot_pkey.
with hours as (delete from synchealth.device_slot_hour where hour_at < @Before)
delete from synchealth.device_slot where hour_at < @Before;
