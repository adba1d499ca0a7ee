-- The rollups of minutes that the fold would have made of the raw events, on both clocks. @now: the end of the thirty days.
with counted as materialized (
    select date_bin('1 minute', e.event_at, timestamptz '1970-01-01T00:00:00Z') as bucket_at, date_bin('1 minute', e.received_at, timestamptz '1970-01-01T00:00:00Z') as arrival_at,
        s.core_id, case when e.received_at - e.event_at < interval '1 minute' then 0 else 1 end::smallint as lag_class,
        e.outcome, e.retries, e.conflict_count, e.duration_ms, synchealth.duration_unit(e.duration_ms) as unit
    from synchealth.event e join synchealth.segment s using (segment_id)
    where e.received_at < @now::timestamptz
),
minutes as (
    insert into synchealth.rollup_minute (bucket_at, core_id, attempts, successes, first_try, server_failures, over_60s, conflicted, conflicts_unknown, success_sketch, other_sketch)
    select bucket_at, core_id, count(*), count(*) filter (where outcome = 1), count(*) filter (where outcome = 1 and retries = 0), count(*) filter (where outcome = 3),
        count(*) filter (where duration_ms > 60000), count(*) filter (where conflict_count > 0), sum(conflict_count),
        coalesce(string_agg(unit, ''::bytea) filter (where outcome = 1), ''), coalesce(string_agg(unit, ''::bytea) filter (where outcome = 3), '')
    from counted
    group by bucket_at, core_id
)
insert into synchealth.rollup_arrival (arrival_at, lag_class, core_id, attempts, successes, first_try, server_failures, over_60s, conflicted, conflicts_unknown, success_sketch, other_sketch)
select arrival_at, lag_class, core_id, count(*), count(*) filter (where outcome = 1), count(*) filter (where outcome = 1 and retries = 0), count(*) filter (where outcome = 3),
    count(*) filter (where duration_ms > 60000), count(*) filter (where conflict_count > 0), sum(conflict_count),
    coalesce(string_agg(unit, ''::bytea) filter (where outcome = 1), ''), coalesce(string_agg(unit, ''::bytea) filter (where outcome = 3), '')
from counted
group by arrival_at, lag_class, core_id;
