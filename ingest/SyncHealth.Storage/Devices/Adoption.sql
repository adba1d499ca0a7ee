-- Devices with an attempt per day (UTC) and release, as sets to be counted. @from, @to: starts of days. Filters of core dimensions.
-- Indexes: device_set_pkey, device_open_hour_pkey.
select group_key[1] as "AppVersion", at as "At", keys as "Keys", registers as "Registers"
from synchealth.device_sets(@app, @from, @to, '1 day', 'UTC', 'event', 'day', '{app_version}', @filters);
