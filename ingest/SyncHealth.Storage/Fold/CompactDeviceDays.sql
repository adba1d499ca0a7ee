-- Replaces sketches of device days by their compact encoding, in the transaction that found them grown. Parallel arrays.
-- By primary key. The caller holds the fold's lock.
update synchealth.device_day d set sketch = c.sketch
from unnest(@DayAts::timestamptz[], @CoreIds::integer[], @DeviceKeys::bigint[], @Sketches::bytea[]) c (day_at, core_id, device_key, sketch)
where d.day_at = c.day_at and d.core_id = c.core_id and d.device_key = c.device_key;
