-- Partitions for the days that benchmarks write to: the first events must not fall into the default one. @now: on the ingest process's clock.
select synchealth.create_event_partition(day::date)
from generate_series(date_trunc('day', @now::timestamptz, 'UTC') - interval '4 days', date_trunc('day', @now::timestamptz, 'UTC') + interval '1 day', interval '1 day') day;
