-- Minutes that have gone on to live in hours. @Before: start of an hour. Indexes: rollup_minute_pkey, rollup_minute_pack_pkey.
delete from synchealth.rollup_minute where bucket_at < @Before;
delete from synchealth.rollup_minute_pack where bucket_at < @Before;
delete from synchealth.rollup_margin where grain = 1 and bucket_at < @Before;
