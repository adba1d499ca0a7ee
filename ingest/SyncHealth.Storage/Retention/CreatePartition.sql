-- Creates the partition of @Day and moves its rows out of the default one; rows moved, or null when it exists.
select synchealth.create_event_partition(@Day);
