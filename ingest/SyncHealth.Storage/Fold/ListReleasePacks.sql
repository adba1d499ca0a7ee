-- Core segments with enough rows of devices' totals to pack, most rows first: @LeastRows and a @GrowthShare-th of what is packed already.
-- Index: device_release_pkey, device_release_pack_pkey.
select d.core_id as "CoreId"
from (select x.core_id, count(*) as rows from synchealth.device_release x group by x.core_id having count(*) >= @LeastRows) d
cross join lateral (select coalesce(sum(p.devices), 0) as devices from synchealth.device_release_pack p where p.core_id = d.core_id) packed
where d.rows >= packed.devices / @GrowthShare
order by d.rows desc;
