-- Takes the event-clock rows of [@From, @To), a whole day, out of every rollup, in the transaction that puts them back: those of apps that keep all raw
-- events of the day at @Now. Indexes: bucket indexes of the rollups; the side tables and margins are scanned. The caller holds the fold's lock.
delete from synchealth.rollup_minute where bucket_at >= @From and bucket_at < @To and core_id in (select synchealth.raw_cores(@From, @Now));
delete from synchealth.rollup_minute_pack where bucket_at >= @From and bucket_at < @To and core_id in (select synchealth.raw_cores(@From, @Now));
delete from synchealth.rollup_hour where bucket_at >= @From and bucket_at < @To and core_id in (select synchealth.raw_cores(@From, @Now));
delete from synchealth.rollup_day where bucket_at >= @From and bucket_at < @To and core_id in (select synchealth.raw_cores(@From, @Now));
delete from synchealth.rollup_fine_hour where bucket_at >= @From and bucket_at < @To
    and segment_id in (select s.segment_id from synchealth.segment s where s.core_id in (select synchealth.raw_cores(@From, @Now)));
delete from synchealth.rollup_fine_hour_pack where day_at >= @From and day_at < @To and core_id in (select synchealth.raw_cores(@From, @Now));
delete from synchealth.rollup_fine_day where bucket_at >= @From and bucket_at < @To
    and segment_id in (select s.segment_id from synchealth.segment s where s.core_id in (select synchealth.raw_cores(@From, @Now)));
delete from synchealth.rollup_error_hour where bucket_at >= @From and bucket_at < @To and core_id in (select synchealth.raw_cores(@From, @Now));
delete from synchealth.rollup_error_day where bucket_at >= @From and bucket_at < @To and core_id in (select synchealth.raw_cores(@From, @Now));
delete from synchealth.rollup_conflict_hour where bucket_at >= @From and bucket_at < @To and core_id in (select synchealth.raw_cores(@From, @Now));
delete from synchealth.rollup_conflict_day where bucket_at >= @From and bucket_at < @To and core_id in (select synchealth.raw_cores(@From, @Now));
delete from synchealth.rollup_margin where bucket_at >= @From and bucket_at < @To
    and app_id in (select c.app_id from synchealth.core_segment c where c.core_id in (select synchealth.raw_cores(@From, @Now)));
