-- Replaces sketches of one rollup by their compact encoding, in the transaction that found them grown. @Table: its name. Parallel arrays.
-- By primary key. The caller holds the fold's lock.
select synchealth.replace_sketches(
    @Table, @Ids::integer[], @PromotedIds::integer[], @Ats::timestamptz[], @LagClasses::smallint[], @SuccessSketches::bytea[], @OtherSketches::bytea[]);
