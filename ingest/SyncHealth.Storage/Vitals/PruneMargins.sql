-- Drops snapshots by one dimension taken before @before, and those before @minutesBefore that were not taken on the hour.
-- Indexes: fleet_margin_pkey, fleet_margin_minute.
delete from synchealth.fleet_margin where taken_at < @before;
delete from synchealth.fleet_margin where taken_at < @minutesBefore and date_part('minute', taken_at at time zone 'UTC') <> 0;
