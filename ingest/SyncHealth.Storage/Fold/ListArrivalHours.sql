-- Hours with enough arrivals to pack: @LeastRows from @MinutesFrom, before which an hour is one row already, to @Before. Index: rollup_arrival_bucket.
select h.hour_at
from (
    select synchealth.floor_to('1 hour', r.arrival_at) as hour_at, count(*) as rows
    from synchealth.rollup_arrival r
    where r.arrival_at >= @MinutesFrom and r.arrival_at < @Before
    group by 1) h
where h.rows >= @LeastRows
order by 1;
