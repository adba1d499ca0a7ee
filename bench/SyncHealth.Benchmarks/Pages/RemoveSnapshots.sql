-- Forgets every fleet snapshot: those that the sample left are of its few devices.
with margins as (delete from synchealth.fleet_margin)
delete from synchealth.fleet_snapshot;
