-- Devices with an attempt per group and point, as sets to be counted. Parameters as in VitalCounts. Indexes: device_set_pkey, device_open_hour_pkey.
select group_key as "GroupKey", at as "At", keys as "Keys", registers as "Registers"
from synchealth.device_sets(@app, @lo, @hi, @step::interval, @zone, @clock, @source, @by, @filters);
