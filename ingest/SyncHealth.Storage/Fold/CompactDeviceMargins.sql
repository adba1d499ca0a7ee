-- Replaces margins of device sets by their compact encoding, in the transaction that found them grown. Parallel arrays.
-- By primary key. The caller holds the lock of this fold.
update synchealth.device_margin m set keys = c.keys, registers = c.registers
from unnest(@Apps::integer[], @Dimensions::text[], @Grains::smallint[], @Ats::timestamptz[], @Environments::text[], @Values::text[], @Keys::bytea[], @Registers::bytea[])
    c (app_id, dimension, grain, at, environment, value, keys, registers)
where m.app_id = c.app_id and m.dimension = c.dimension and m.grain = c.grain and m.bucket_at = c.at and m.environment = c.environment and m.value = c.value;
