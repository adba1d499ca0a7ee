-- Hours with enough minutes to pack, from @MinutesFrom to @Before: @LeastRows and a @GrowthShare-th of what is packed already; of hours from before @ClosedBefore, to
-- which little comes any more, @LeastClosedRows and a @ClosedShare-th, once something is packed: a pack of one segment takes more than its row. Index: rollup_minute_pkey, rollup_minute_pack_pkey.
select h.hour_at
from (
    select synchealth.floor_to('1 hour', r.bucket_at) as hour_at, count(*) as rows
    from synchealth.rollup_minute r
    where r.bucket_at >= @MinutesFrom and r.bucket_at < @Before
    group by 1) h
cross join lateral (
    select coalesce(sum(p.segments), 0) as segments
    from synchealth.rollup_minute_pack p
    where p.bucket_at >= h.hour_at and p.bucket_at < h.hour_at + interval '1 hour') packed
where h.rows >= case
    when packed.segments = 0 then @LeastRows
    when h.hour_at < @ClosedBefore then greatest(@LeastClosedRows, packed.segments / @ClosedShare)
    else greatest(@LeastRows, packed.segments / @GrowthShare)
end
order by 1;
