-- Makes the days, releases and sets of devices once more from the raw events of [@From, @To), a whole day, for apps that keep all of them at @Now. The
-- definitions are those of Writes/DeviceIncrement.cs. Of releases the bounds only; their counts come from days, see SumReleases.
-- Hours keep their minutes as far as they had them: what is deleted here goes back into both by the fold of hours.
-- Indexes: event_stray; device_day_pkey, device_day_pack_pkey, device_release_pkey. The caller holds the fold's lock.
delete from synchealth.device_day where day_at = @From and core_id in (select synchealth.raw_cores(@From, @Now));
delete from synchealth.device_day_pack where day_at = @From and core_id in (select synchealth.raw_cores(@From, @Now));
delete from synchealth.device_set
where (grain = 3 and bucket_at = @From or grain = 2 and bucket_at >= @From and bucket_at < @To) and core_id in (select synchealth.raw_cores(@From, @Now));
delete from synchealth.device_margin
where bucket_at >= @From and bucket_at < @To and app_id in (select c.app_id from synchealth.core_segment c where c.core_id in (select synchealth.raw_cores(@From, @Now)));
delete from synchealth.device_minute where hour_at >= @From and hour_at < @To and core_id in (select synchealth.raw_cores(@From, @Now));
delete from synchealth.device_open_hour where hour_at >= @From and hour_at < @To and core_id in (select synchealth.raw_cores(@From, @Now));

insert into synchealth.device_open_hour (core_id, hour_at, device_key, minutes)
select s.core_id, synchealth.floor_to('1 hour', e.event_at), e.device_key, bit_or(1::bigint << extract(minute from e.event_at at time zone 'UTC')::integer)
from synchealth.events_on('event', @From, @To) e join synchealth.segment s using (segment_id)
where e.has_device and e.outcome > 0 and s.core_id in (select synchealth.raw_cores(@From, @Now))
group by 1, 2, 3
order by 1, 2, 3;

insert into synchealth.device_day (
    core_id, day_at, device_key, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted, conflicts, sketch)
select s.core_id, @From::timestamptz, e.device_key,
    count(*) filter (where e.outcome > 0), coalesce(sum(b.success), 0), count(*) filter (where e.outcome = 2), count(*) filter (where e.outcome = 4),
    coalesce(sum(b.success) filter (where e.retries = 0), 0), coalesce(sum(b.offline), 0), coalesce(sum(b.server), 0),
    count(*) filter (where e.outcome > 0) - coalesce(sum(b.success + b.offline + b.server), 0),
    count(*) filter (where e.outcome > 0 and e.duration_ms > 60000), count(*) filter (where e.outcome > 0 and e.conflict_count > 0),
    coalesce(sum(e.conflict_count) filter (where e.outcome > 0), 0),
    coalesce(string_agg(synchealth.duration_unit(e.duration_ms), ''::bytea) filter (where e.outcome > 0), '')
from synchealth.events_on('event', @From, @To) e
join synchealth.segment s using (segment_id)
left join synchealth.error x using (error_id)
cross join lateral (select synchealth.blame(e.outcome, x.kind) as whose) w
cross join lateral (
    select (w.whose = 'nobody')::integer as success, (w.whose = 'offline')::integer as offline, (w.whose = 'server')::integer as server) b
where e.has_device and s.core_id in (select synchealth.raw_cores(@From, @Now))
group by s.core_id, e.device_key
order by s.core_id, e.device_key;

insert into synchealth.device_release as r (
    core_id, device_key, first_seen_at, last_seen_at, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted, conflicts)
select s.core_id, e.device_key, min(e.event_at), max(e.event_at), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
from synchealth.events_on('event', @From, @To) e join synchealth.segment s using (segment_id)
where e.has_device and s.core_id in (select synchealth.raw_cores(@From, @Now))
group by s.core_id, e.device_key
order by s.core_id, e.device_key
on conflict (core_id, device_key) do update set
    first_seen_at = least(r.first_seen_at, excluded.first_seen_at), last_seen_at = greatest(r.last_seen_at, excluded.last_seen_at);
