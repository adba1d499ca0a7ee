-- Replaces sketches by their compact encoding, in the transaction that found them grown. Parallel arrays; @LagClasses only for arrivals,
-- @SegmentIds and @PromotedIds only at fine grain.
-- By the rollups' primary keys. The caller holds the fold's lock.
with compact as (
    select * from unnest(@Grains::text[], @CoreIds::integer[], @SegmentIds::integer[], @PromotedIds::integer[], @Ats::timestamptz[], @LagClasses::smallint[],
        @SuccessSketches::bytea[], @OtherSketches::bytea[]) c (grain, core_id, segment_id, promoted_id, at, lag_class, success_sketch, other_sketch)
),
minutes as (
    update synchealth.rollup_minute r set success_sketch = c.success_sketch, other_sketch = c.other_sketch
    from compact c where c.grain = 'minute' and r.core_id = c.core_id and r.bucket_at = c.at
),
hours as (
    update synchealth.rollup_hour r set success_sketch = c.success_sketch, other_sketch = c.other_sketch
    from compact c where c.grain = 'hour' and r.core_id = c.core_id and r.bucket_at = c.at
),
days as (
    update synchealth.rollup_day r set success_sketch = c.success_sketch, other_sketch = c.other_sketch
    from compact c where c.grain = 'day' and r.core_id = c.core_id and r.bucket_at = c.at
),
fine_hours as (
    update synchealth.rollup_fine_hour r set success_sketch = c.success_sketch, other_sketch = c.other_sketch
    from compact c where c.grain = 'fine_hour' and r.segment_id = c.segment_id and r.promoted_id = c.promoted_id and r.bucket_at = c.at
),
fine_days as (
    update synchealth.rollup_fine_day r set success_sketch = c.success_sketch, other_sketch = c.other_sketch
    from compact c where c.grain = 'fine_day' and r.segment_id = c.segment_id and r.promoted_id = c.promoted_id and r.bucket_at = c.at
)
update synchealth.rollup_arrival r set success_sketch = c.success_sketch, other_sketch = c.other_sketch
from compact c where c.grain = 'arrival' and r.core_id = c.core_id and r.arrival_at = c.at and r.lag_class = c.lag_class;
