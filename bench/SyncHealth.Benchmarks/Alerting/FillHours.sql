-- Thirty days of the apps as rollups of hours and days, as the fold would have left them: 42 attempts of every core segment an hour. @apps: their names;
-- @now: their end. Raw events are there for the last hours only; no rule of the benchmark asks for older ones.
with sketch as materialized (select string_agg(synchealth.duration_unit(200 + 97 * g), ''::bytea) as bytes from generate_series(1, 41) g),
core as materialized (
    select c.core_id from synchealth.core_segment c join synchealth.app a using (app_id) where a.name = any (@apps::text[])
),
hours as (
    insert into synchealth.rollup_hour (bucket_at, core_id, attempts, successes, first_try, server_failures, conflicted, conflicts_unknown, success_sketch, other_sketch)
    select at, core_id, 42, 41, 38, 1, 2, 2, s.bytes, synchealth.duration_unit(5000)
    from generate_series(synchealth.floor_to('1 hour', @now::timestamptz - interval '30 days'), @now::timestamptz, interval '1 hour') at, core, sketch s
),
arrivals as (
    insert into synchealth.rollup_arrival (arrival_at, lag_class, core_id, attempts, successes, first_try, server_failures, conflicted, conflicts_unknown, success_sketch, other_sketch)
    select at, 0, core_id, 42, 41, 38, 1, 2, 2, s.bytes, synchealth.duration_unit(5000)
    from generate_series(synchealth.floor_to('1 hour', @now::timestamptz - interval '30 days'), @now::timestamptz - interval '48 hours', interval '1 hour') at, core, sketch s
)
insert into synchealth.rollup_day (bucket_at, core_id, attempts, successes, first_try, server_failures, conflicted, conflicts_unknown, success_sketch, other_sketch)
select at, core_id, 24 * 42, 24 * 41, 24 * 38, 24, 48, 48, decode(repeat(encode(s.bytes, 'hex'), 24), 'hex'), ''
from generate_series(date_trunc('day', @now::timestamptz, 'UTC') - interval '30 days', @now::timestamptz, interval '1 day') at, core, sketch s;
