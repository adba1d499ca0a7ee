-- How many increments wait to be folded, of rollups and of devices.
select (select count(*) from synchealth.core_increment) + (select count(*) from synchealth.device_increment);
