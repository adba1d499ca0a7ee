-- Minutes have one index instead of two, by time first: a range and what is to be pruned lie together in it, and a fold of what has just happened
-- appends where the last one ended. A second entry for each of the most numerous rows of the rollups is a tenth of their cost.
alter table synchealth.rollup_minute drop constraint rollup_minute_pkey;
drop index synchealth.rollup_minute_bucket;
alter table synchealth.rollup_minute add constraint rollup_minute_pkey primary key (bucket_at, core_id);
