-- The comparison as one would write it without SyncHealth: both releases by device, over all devices. The baseline of the benchmark; no strata, no placebo.
select version, count(*), sum(m), sum(s), sum(m * m), sum(s * s), sum(m * s)
from (
    select c.app_version as version, d.device_key, sum(d.attempts) as m, sum(d.successes) as s
    from synchealth.device_day_folded d
    join synchealth.core_segment c using (core_id)
    where c.app_version in ('2.4.1', '2.5.0')
    group by c.app_version, d.device_key) device
group by version;
