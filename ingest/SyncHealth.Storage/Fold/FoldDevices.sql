-- Moves waiting device increments into what is known of devices, at most @Limit rows, in one statement.
-- The latest event by (event_at, seq, hash) decides; times of first, last and success are least and greatest, counts are sums: so arrival
-- order cannot change a row. Upserts by primary key, in key order. The caller holds the fold's lock.
-- Hours go into device_open_hour, however late, and from there into sets (see FoldDeviceHours.sql). One of which a process of an older version did not say the minutes never
-- has those of all its devices.
-- The standing of the fleet (see migration 50) gets what each device added before taken off and what it adds now put to it.
-- Returns the rows consumed, and what has grown by concatenation, for compaction in the same transaction: days whose sketches are beyond
-- @MaxSketchBytes, standings whose sketches are beyond @MaxStandingBytes.
with gone as (
    delete from synchealth.device_increment
    where ctid = any (array(select ctid from synchealth.device_increment limit @Limit))
    returning *
),
-- The latest event and the bounds of all in one pass. As two sets joined by device they may become a nested loop: nobody can tell the planner how
-- many rows are gone, and it takes them for ten.
latest as (
    select distinct on (device_key) g.*, c.app_id,
        min(g.first_event_at) over device as first_at, max(g.received_at) over device as arrived_at, max(g.last_success_at) over device as success_at,
        min(g.lowest_seq) over device as least_seq, max(g.highest_seq) over device as greatest_seq, sum(g.seqs) over device as all_seqs
    from gone g join synchealth.core_segment c using (core_id)
    window device as (partition by g.device_key)
    order by device_key, event_at desc, seq desc nulls last, event_hash desc
),
-- As the statement found them, however far it has come.
before as materialized (
    select s.segment_id, s.first_seen_at, s.last_seen_at, s.last_success_at, s.oldest_pending_at, s.queue_depth
    from latest l join synchealth.device_state s using (device_key)
),
states as (
    insert into synchealth.device_state as d (
        device_key, app_id, first_seen_at, last_seen_at, last_received_at, last_success_at, oldest_pending_at,
        last_seq, last_hash, user_key, clock_offset_ms, segment_id, profile_id, queue_depth, lowest_seq, highest_seq, seqs)
    select l.device_key, l.app_id, l.first_at, l.event_at, l.arrived_at, l.success_at, l.oldest_pending_at,
           coalesce(l.seq, -1), l.event_hash, l.user_key, l.clock_offset_ms, l.segment_id, l.profile_id, l.queue_depth, l.least_seq, l.greatest_seq, l.all_seqs
    from latest l
    order by l.device_key
    on conflict (device_key) do update set
        first_seen_at = least(d.first_seen_at, excluded.first_seen_at),
        last_received_at = greatest(d.last_received_at, excluded.last_received_at),
        last_success_at = greatest(d.last_success_at, excluded.last_success_at),
        lowest_seq = least(d.lowest_seq, excluded.lowest_seq), highest_seq = greatest(d.highest_seq, excluded.highest_seq), seqs = d.seqs + excluded.seqs,
        oldest_pending_at = case when (excluded.last_seen_at, excluded.last_seq, excluded.last_hash) > (d.last_seen_at, d.last_seq, d.last_hash) then excluded.oldest_pending_at else d.oldest_pending_at end,
        user_key = case when (excluded.last_seen_at, excluded.last_seq, excluded.last_hash) > (d.last_seen_at, d.last_seq, d.last_hash) then excluded.user_key else d.user_key end,
        clock_offset_ms = case when (excluded.last_seen_at, excluded.last_seq, excluded.last_hash) > (d.last_seen_at, d.last_seq, d.last_hash) then excluded.clock_offset_ms else d.clock_offset_ms end,
        segment_id = case when (excluded.last_seen_at, excluded.last_seq, excluded.last_hash) > (d.last_seen_at, d.last_seq, d.last_hash) then excluded.segment_id else d.segment_id end,
        profile_id = case when (excluded.last_seen_at, excluded.last_seq, excluded.last_hash) > (d.last_seen_at, d.last_seq, d.last_hash) then excluded.profile_id else d.profile_id end,
        queue_depth = case when (excluded.last_seen_at, excluded.last_seq, excluded.last_hash) > (d.last_seen_at, d.last_seq, d.last_hash) then excluded.queue_depth else d.queue_depth end,
        last_seen_at = case when (excluded.last_seen_at, excluded.last_seq, excluded.last_hash) > (d.last_seen_at, d.last_seq, d.last_hash) then excluded.last_seen_at else d.last_seen_at end,
        last_seq = case when (excluded.last_seen_at, excluded.last_seq, excluded.last_hash) > (d.last_seen_at, d.last_seq, d.last_hash) then excluded.last_seq else d.last_seq end,
        last_hash = case when (excluded.last_seen_at, excluded.last_seq, excluded.last_hash) > (d.last_seen_at, d.last_seq, d.last_hash) then excluded.last_hash else d.last_hash end
    returning d.segment_id, d.first_seen_at, d.last_seen_at, d.last_success_at, d.oldest_pending_at, d.queue_depth
),
moved as (
    select t.core_id, x.sign, x.last_seen_at > b.taken_at - interval '7 days' as is_active, x.queue_depth, x.oldest_pending_at,
        synchealth.age_bucket(x.oldest_pending_at, b.taken_at) as pending_age,
        synchealth.age_bucket(coalesce(x.last_success_at, x.first_seen_at), b.taken_at) as success_age
    from (select -1 as sign, o.* from before o union all select 1, n.* from states n) x
    join synchealth.segment t using (segment_id)
    cross join (select max(f.taken_at) as taken_at from synchealth.fleet_base f) b
    where b.taken_at is not null
),
moves as (
    select m.core_id, m.queue_depth, m.pending_age, m.success_age,
        grouping(m.queue_depth) = 0 as is_depth, grouping(m.pending_age) = 0 as is_pending, grouping(m.success_age) = 0 as is_success,
        coalesce(sum(m.sign) filter (where m.is_active), 0) as active, sum(m.sign) as known,
        min(m.oldest_pending_at) filter (where m.is_active and m.sign > 0) as oldest_pending_at
    from moved m
    group by grouping sets ((m.core_id, m.queue_depth), (m.core_id, m.pending_age), (m.core_id, m.success_age))
),
standings as (
    insert into synchealth.fleet_standing as f (core_id, devices, gone, queue_sum, oldest_pending_at, depths, pending_ages, success_ages)
    select core_id, sum(active) filter (where is_depth), sum(known - active) filter (where is_depth),
        sum(queue_depth * active) filter (where is_depth), min(oldest_pending_at),
        coalesce(string_agg(synchealth.sketch_pair(least(queue_depth, 65535), active), ''::bytea) filter (where is_depth and active <> 0), ''),
        coalesce(string_agg(synchealth.sketch_pair(pending_age, active), ''::bytea) filter (where is_pending and pending_age is not null and active <> 0), ''),
        coalesce(string_agg(synchealth.sketch_pair(success_age, active), ''::bytea) filter (where is_success and active <> 0), '')
    from moves
    group by core_id
    order by core_id
    on conflict (core_id) do update set
        devices = f.devices + excluded.devices, gone = f.gone + excluded.gone, queue_sum = f.queue_sum + excluded.queue_sum,
        oldest_pending_at = least(f.oldest_pending_at, excluded.oldest_pending_at), depths = f.depths || excluded.depths,
        pending_ages = f.pending_ages || excluded.pending_ages, success_ages = f.success_ages || excluded.success_ages
    returning core_id, depths, pending_ages, success_ages
),
active as materialized (
    select g.core_id, date_trunc('day', g.event_at, 'UTC') + interval '1 hour' * h as hour_at, g.device_key,
        case when bool_and(g.minutes is not null) then bit_or(synchealth.minutes_of(g.hours, g.minutes, h)) else 0 end as minutes
    from gone g join generate_series(0, 23) h on g.hours >> h & 1 = 1
    group by 1, 2, 3
),
hours as (
    insert into synchealth.device_open_hour as d (core_id, hour_at, device_key, minutes)
    select core_id, hour_at, device_key, minutes
    from active
    order by core_id, device_key, hour_at
    on conflict (core_id, device_key, hour_at) do update set minutes = d.minutes | excluded.minutes where d.minutes | excluded.minutes <> d.minutes
),
unknown as (
    insert into synchealth.device_minute_hour as s (hour_at, is_complete)
    select distinct hour_at, false from active where minutes = 0
    on conflict (hour_at) do update set is_complete = false where s.is_complete
),
summed as (
    select date_trunc('day', event_at, 'UTC') as day_at, core_id, device_key, min(first_event_at) as first_seen_at, max(event_at) as last_seen_at,
           sum(attempts) as attempts, sum(successes) as successes, sum(partials) as partials, sum(cancelled) as cancelled, sum(first_try) as first_try,
           sum(offline_failures) as offline_failures, sum(server_failures) as server_failures, sum(app_failures) as app_failures, sum(over_60s) as over_60s,
           sum(conflicted) as conflicted, sum(conflicts) as conflicts, string_agg(sketch, ''::bytea) as sketch
    from gone
    group by 1, 2, 3
),
days as (
    insert into synchealth.device_day as d (
        core_id, day_at, device_key, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted, conflicts, sketch)
    select core_id, day_at, device_key, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted, conflicts, sketch
    from summed
    order by core_id, day_at, device_key
    on conflict (core_id, day_at, device_key) do update set
        attempts = d.attempts + excluded.attempts, successes = d.successes + excluded.successes, partials = d.partials + excluded.partials,
        cancelled = d.cancelled + excluded.cancelled, first_try = d.first_try + excluded.first_try,
        offline_failures = d.offline_failures + excluded.offline_failures, server_failures = d.server_failures + excluded.server_failures,
        app_failures = d.app_failures + excluded.app_failures, over_60s = d.over_60s + excluded.over_60s, conflicted = d.conflicted + excluded.conflicted,
        conflicts = d.conflicts + excluded.conflicts,
        sketch = d.sketch || excluded.sketch
    returning day_at, core_id, device_key, sketch
),
releases as (
    insert into synchealth.device_release as d (
        core_id, device_key, first_seen_at, last_seen_at, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted, conflicts)
    select core_id, device_key, min(first_seen_at), max(last_seen_at),
        sum(attempts), sum(successes), sum(partials), sum(cancelled), sum(first_try), sum(offline_failures), sum(server_failures), sum(app_failures),
        sum(over_60s), sum(conflicted), sum(conflicts)
    from summed
    group by core_id, device_key
    order by core_id, device_key
    on conflict (core_id, device_key) do update set
        first_seen_at = least(d.first_seen_at, excluded.first_seen_at), last_seen_at = greatest(d.last_seen_at, excluded.last_seen_at),
        attempts = d.attempts + excluded.attempts, successes = d.successes + excluded.successes, partials = d.partials + excluded.partials,
        cancelled = d.cancelled + excluded.cancelled, first_try = d.first_try + excluded.first_try,
        offline_failures = d.offline_failures + excluded.offline_failures, server_failures = d.server_failures + excluded.server_failures,
        app_failures = d.app_failures + excluded.app_failures, over_60s = d.over_60s + excluded.over_60s, conflicted = d.conflicted + excluded.conflicted,
        conflicts = d.conflicts + excluded.conflicts
)
select (select count(*) from gone) as "Folded", grown.at as "At", grown.core_id as "CoreId", grown.device_key as "DeviceKey", grown.sketch as "Sketch",
    grown.depths as "Depths", grown.pending_ages as "PendingAges", grown.success_ages as "SuccessAges"
from (values (true)) one
left join (
    select day_at as at, core_id, device_key, sketch, null::bytea as depths, null::bytea as pending_ages, null::bytea as success_ages
    from days where octet_length(sketch) > @MaxSketchBytes
    union all
    select null, core_id, null, null, depths, pending_ages, success_ages
    from standings where octet_length(depths) + octet_length(pending_ages) + octet_length(success_ages) > @MaxStandingBytes
) grown on true;
