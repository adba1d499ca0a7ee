-- Minutes that have gone on to live in hours. @Before: start of an hour. Index: rollup_minute_bucket.
delete from synchealth.rollup_minute where bucket_at < @Before;
