-- Distinct devices with an attempt per group and point. Parameters as in VitalCounts. Index: device_hour_hour.
select group_key as "GroupKey", at as "At", devices as "Devices"
from synchealth.device_counts(@app, @lo, @hi, @step::interval, @zone, @clock, @source, @by, @filters);
