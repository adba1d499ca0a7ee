-- Devices of @app at @now by how long they are silent, and how many synced within @within; per group of @dimensions. Indexes: device_state_app, device_day_pkey.
select group_key as "Key", active as "Active", late as "Late", silent as "Silent", gone as "Gone", reporting as "Reporting", synced as "Synced"
from synchealth.presence(@app, @within, @dimensions, @filters, @now);
