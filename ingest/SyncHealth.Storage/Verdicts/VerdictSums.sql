-- Two releases as sums over devices: per stratum, over all strata (each device once), of devices in two strata, of the same devices in the days before
-- (@daysBefore), and of how each device's own share moved. A million devices become a few dozen rows; docs/statistics.md, "What SQL has to deliver", says which.
-- Arm 1 is the release. Shares and their changes in millionths. Part "shared": AttemptsSquared, EventsSquared, Products and Shares are Σ m1·m2, s1·s2, m1·s2, s1·m2.
-- Index: device_day_pkey.
with device as materialized (
    select arm, os, network, app_version, device_key, attempts as m, successes as s, slow as w, conflicted as c
    from synchealth.release_devices(@app, @kind, @release, @baseline, @filters, @days, @lastKey, @slowBucket)),
whole as materialized (
    -- In the stratum of most attempts; one sort instead of an ordered aggregate for each part of its name.
    select distinct on (arm, device_key) arm, device_key, os, network, app_version,
        (sum(m) over own)::bigint as m, (sum(s) over own)::bigint as s, (sum(w) over own)::bigint as w, (sum(c) over own)::bigint as c
    from device
    window own as (partition by arm, device_key)
    order by arm, device_key, device.m desc, os, network, app_version),
taken as (
    select device_key, max(arm) as arm from device group by device_key),
before as materialized (
    select t.arm, b.os, b.network, b.app_version, b.device_key, b.attempts as m, b.successes as s, b.slow as w, b.conflicted as c
    from synchealth.release_devices(@app, @kind, null, null, @filters, @daysBefore, @lastKey, @slowBucket) b
    join taken t using (device_key)),
moved as (
    select t.arm, t.os, t.network, t.app_version, round(1e6 * (t.s::numeric / t.m - b.s::numeric / b.m)) as s,
        round(1e6 * (t.w::numeric / t.m - b.w::numeric / b.m)) as w, round(1e6 * (t.c::numeric / t.m - b.c::numeric / b.m)) as c
    from whole t
    join taken using (arm, device_key)
    join (select device_key, sum(m) as m, sum(s) as s, sum(w) as w, sum(c) as c from before group by device_key) b using (device_key)),
part as (
    select 'stratum' as part, arm, os, network, app_version, device_key, m, s, w, c from device
    union all
    select 'total', arm, '', '', '', device_key, m, s, w, c from whole
    union all
    select 'before', arm, os, network, app_version, device_key, m, s, w, c from before)
select part as "Part", arm as "Arm", os as "Os", network as "Network", app_version as "Version", '' as "OtherOs", '' as "OtherNetwork", '' as "OtherVersion",
    count(*)::numeric as "Devices", sum(m) as "Attempts", sum(m * m) as "AttemptsSquared",
    sum(s) as "Successes", sum(s * s) as "SuccessesSquared", sum(m * s) as "SuccessProducts", sum((2000000 * s + m) / (2 * m)) as "SuccessShares",
    sum(w) as "Slow", sum(w * w) as "SlowSquared", sum(m * w) as "SlowProducts", sum((2000000 * w + m) / (2 * m)) as "SlowShares",
    sum(c) as "Conflicted", sum(c * c) as "ConflictedSquared", sum(m * c) as "ConflictedProducts", sum((2000000 * c + m) / (2 * m)) as "ConflictedShares"
from part
group by part, arm, os, network, app_version
union all
select 'shared', a.arm, a.os, a.network, a.app_version, b.os, b.network, b.app_version,
    count(*)::numeric, 0, sum(a.m * b.m),
    0, sum(a.s * b.s), sum(a.m * b.s), sum(a.s * b.m),
    0, sum(a.w * b.w), sum(a.m * b.w), sum(a.w * b.m),
    0, sum(a.c * b.c), sum(a.m * b.c), sum(a.c * b.m)
from device a
join device b on b.arm = a.arm and b.device_key = a.device_key and (a.os, a.network, a.app_version) < (b.os, b.network, b.app_version)
group by a.arm, a.os, a.network, a.app_version, b.os, b.network, b.app_version
union all
select 'moved', arm, os, network, app_version, '', '', '', count(*)::numeric, 0, 0, sum(s), sum(s * s), 0, 0, sum(w), sum(w * w), 0, 0, sum(c), sum(c * c), 0, 0
from moved
group by arm, os, network, app_version;
