-- Replaces sketches of one grain's margins by their compact encoding, in the transaction that found them grown. @grain: as in rollup_margin. Parallel arrays.
-- By primary key. The caller holds the fold's lock.
update synchealth.rollup_margin r set success_sketch = c.success_sketch, other_sketch = c.other_sketch
from unnest(@apps::integer[], @dimensions::text[], @environments::text[], @values::text[], @ats::timestamptz[], @successes::bytea[], @others::bytea[])
    c (app_id, dimension, environment, value, at, success_sketch, other_sketch)
where r.app_id = c.app_id and r.dimension = c.dimension and r.grain = @grain::smallint and r.bucket_at = c.at and r.environment = c.environment and r.value = c.value;
