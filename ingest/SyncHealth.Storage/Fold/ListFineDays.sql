-- Core segments' days with enough fine hours from before @Before to pack, most rows first: @LeastRows and a @GrowthShare-th of what is packed already; of days from before
-- @ClosedBefore, to which little comes any more, @LeastClosedRows and a @ClosedShare-th. A scan of rollup_fine_hour. Index: rollup_fine_hour_pack_pkey.
select d.core_id as "CoreId", d.day_at as "DayAt"
from (
    select s.core_id, synchealth.floor_to('1 day', r.bucket_at) as day_at, count(*) as rows
    from synchealth.rollup_fine_hour r join synchealth.segment s using (segment_id)
    where r.bucket_at < @Before
    group by 1, 2
    having count(*) >= @LeastClosedRows) d
left join synchealth.rollup_fine_hour_pack p using (core_id, day_at)
where case
    when d.day_at < @ClosedBefore then d.rows >= coalesce(p.cells, 0) / @ClosedShare
    else d.rows >= greatest(@LeastRows, coalesce(p.cells, 0) / @GrowthShare)
end
order by d.rows desc;
