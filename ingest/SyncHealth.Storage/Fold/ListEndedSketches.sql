-- Rows of one rollup by segment that start from @From to @Before and whose two sketches have @LeastBytes and more, the longest first, at most @MaxRows. @Table: its name.
-- Indexes: bucket indexes of the rollups. The caller holds the fold's lock.
select r.id as "Id", r.promoted_id as "PromotedId", r.at as "At", r.lag_class as "LagClass", r.success_sketch as "SuccessSketch", r.other_sketch as "OtherSketch"
from synchealth.sketches_between(@Table, @From, @Before, @LeastBytes, @MaxRows) r;
