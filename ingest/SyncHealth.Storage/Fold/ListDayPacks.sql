-- Core segments' days with enough rows to pack, most rows first: @LeastRows and a @GrowthShare-th of what is packed already; of days from before
-- @ClosedBefore, to which little comes any more, @LeastClosedRows and a @ClosedShare-th. Index: device_day_pkey; device_day_pack_pkey.
select d.core_id as "CoreId", d.day_at as "DayAt"
from (select x.core_id, x.day_at, count(*) as rows from synchealth.device_day x group by x.core_id, x.day_at having count(*) >= @LeastClosedRows) d
cross join lateral (
    select coalesce(sum(p.devices), 0) as devices from synchealth.device_day_pack p where p.core_id = d.core_id and p.day_at = d.day_at) packed
where case
    when d.day_at < @ClosedBefore then d.rows >= packed.devices / @ClosedShare
    else d.rows >= greatest(@LeastRows, packed.devices / @GrowthShare)
end
order by d.rows desc;
