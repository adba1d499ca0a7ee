-- Devices that now run either release and have done so for a day, and those among them not heard of for a day. Of the baseline those seen since @since.
-- @dayAgo: a day before now. Devices up to @lastKey. Indexes: device_state_pkey, device_release_pkey.
with core as materialized (
    select c.core_id, synchealth.release_name(@kind, c.group_key[1]) as name from synchealth.core_groups(@app, '{app_version}', @filters) c),
-- Materialized: what runs what now is joined once a device, not once for every core segment of its release.
running as materialized (
    select d.device_key, d.last_seen_at, n.name
    from synchealth.device_now(@appId) d
    join synchealth.segment s using (segment_id)
    join core n using (core_id)
    where d.device_key <= @lastKey and n.name in (@release, @baseline) and (n.name = @release or d.last_seen_at >= @since))
select
    count(*) filter (where d.name = @release) as "ReleaseDevices",
    count(*) filter (where d.name = @release and d.last_seen_at < @dayAgo) as "ReleaseSilent",
    count(*) filter (where d.name = @baseline) as "BaselineDevices",
    count(*) filter (where d.name = @baseline and d.last_seen_at < @dayAgo) as "BaselineSilent"
from running d
join synchealth.release_spans(@app, @kind, @filters, @since, @since, @lastKey) r on r.name = d.name and r.device_key = d.device_key
where r.first_at < @dayAgo;
