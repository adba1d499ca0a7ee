-- Takes the arrivals of [@From, @To) in @LagClasses out of their rollup, in the transaction that puts them back: those of apps that keep raw events as long
-- as the installation does. Whole hours of packs become rows
-- first, for a pack holds all classes. Indexes: rollup_arrival_bucket, rollup_arrival_pack_pkey. The caller holds the fold's lock.
select synchealth.unpack_arrivals(@From, @To);
delete from synchealth.rollup_arrival
where arrival_at >= @From and arrival_at < @To and lag_class = any (@LagClasses::smallint[]) and core_id in (select synchealth.raw_arrival_cores());
