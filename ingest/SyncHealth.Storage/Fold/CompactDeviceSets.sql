-- Replaces sets by their compact encoding, in the transaction that found them grown. Parallel arrays.
-- By primary key. The caller holds the lock of this fold.
update synchealth.device_set s set keys = c.keys, registers = c.registers
from unnest(@Grains::smallint[], @Ats::timestamptz[], @CoreIds::integer[], @Keys::bytea[], @Registers::bytea[]) c (grain, at, core_id, keys, registers)
where s.grain = c.grain and s.bucket_at = c.at and s.core_id = c.core_id;
