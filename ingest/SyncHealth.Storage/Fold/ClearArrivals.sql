-- Takes the arrivals of [@From, @To) in @LagClasses out of their rollup, in the transaction that puts them back.
-- Index: rollup_arrival_bucket. The caller holds the fold's lock.
delete from synchealth.rollup_arrival where arrival_at >= @From and arrival_at < @To and lag_class = any (@LagClasses::smallint[]);
