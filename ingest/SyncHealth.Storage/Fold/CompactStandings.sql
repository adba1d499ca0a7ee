-- Replaces sketches of standings by their compact encoding, in the transaction that found them grown. Parallel arrays.
-- By primary key. The caller holds the fold's lock.
update synchealth.fleet_standing f set depths = c.depths, pending_ages = c.pending_ages, success_ages = c.success_ages
from unnest(@CoreIds::integer[], @Depths::bytea[], @PendingAges::bytea[], @SuccessAges::bytea[]) c (core_id, depths, pending_ages, success_ages)
where f.core_id = c.core_id;
