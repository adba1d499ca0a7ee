-- Per release: the devices that ever ran it, those that run it now (seen in the 7 days before @now), and those among them that came from another release
-- in the last day. By tag since @earliest. Devices up to @lastKey. Indexes: device_release_pkey, device_state_app.
with core as materialized (
    select c.core_id, case when @kind = 'tag' then null else synchealth.release_name(@kind, c.group_key[1]) end as name
    from synchealth.core_groups(@app, '{app_version}', @filters) c),
span as materialized (
    select * from synchealth.release_spans(@app, @kind, @filters, @earliest, @until, @lastKey)),
running as materialized (
    select d.device_key, d.first_seen_at, d.last_seen_at, n.name
    from synchealth.app a
    cross join lateral synchealth.device_now(a.app_id) d
    join synchealth.segment s using (segment_id)
    join core c using (core_id)
    join synchealth.device_profile p using (profile_id)
    cross join lateral (select coalesce(c.name, p.tags ->> a.promoted_tag) as name) n
    where a.name = @app and d.device_key <= @lastKey)
select s.name as "Name", count(*) as "Devices",
    count(*) filter (where r.last_seen_at > @now::timestamptz - interval '7 days') as "CurrentDevices",
    count(*) filter (where s.first_at > @now::timestamptz - interval '1 day' and r.first_seen_at < s.first_at) as "JoinedDevices",
    (select count(*) from running x where x.last_seen_at > @now::timestamptz - interval '7 days') as "AllDevices",
    min(s.first_at) as "FirstSeenAt", max(s.last_at) as "LastSeenAt"
from span s
left join running r on r.device_key = s.device_key and r.name = s.name
group by s.name;
