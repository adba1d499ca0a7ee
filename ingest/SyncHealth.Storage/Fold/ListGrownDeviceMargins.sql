-- Up to @Limit margins of device sets whose encoding joining has made longer than it need be. Index: device_margin_grown, empty but for them.
-- The caller holds the lock of this fold.
select app_id as "AppId", dimension as "Dimension", grain as "Grain", bucket_at as "At", environment as "Environment", value as "Value", keys as "Keys", registers as "Registers"
from synchealth.device_margin
where synchealth.is_grown_set(keys, registers)
limit @Limit;
