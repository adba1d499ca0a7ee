-- What the server of @app was asked minute by minute between @from and @at, as far as had arrived by @at, among devices that pass @filters: requests (attempts and
-- their retries) by the minute in which they ended, and devices that came back in it. Minutes in which nothing happened are absent. Indexes: BRIN(received_at), event_stray.
with seg as materialized (select g.segment_id from synchealth.segment_groups(@app, '{}', @filters) g),
prof as materialized (select g.profile_id from synchealth.profile_groups('{}', @filters) g),
asked as (
    select synchealth.floor_to('1 minute', e.event_at) as at, sum(1 + e.retries)::bigint as requests
    from synchealth.events_on('event', @from::timestamptz, @at::timestamptz) e
    join seg using (segment_id)
    join prof using (profile_id)
    where e.outcome > 0 and e.received_at <= @at::timestamptz
    group by 1),
returned as (
    select synchealth.floor_to('1 minute', d.returned_at) as at, count(distinct d.device_key) as devices
    from synchealth.drains(@app, @from::timestamptz, @at::timestamptz) d
    join seg using (segment_id)
    join prof using (profile_id)
    group by 1)
select coalesce(a.at, r.at) as "At", coalesce(a.requests, 0)::bigint as "Requests", coalesce(r.devices, 0) as "Returns"
from asked a
full join returned r on r.at = a.at
order by 1;
