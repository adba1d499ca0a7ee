-- Moves waiting device increments into device_state and device_hour, at most @Limit rows, in one statement (see FoldCores.sql).
-- The latest event by (event_at, seq, hash) decides; times of first, last and success are least and greatest: so arrival order
-- cannot change a row. Upserts by primary key, in key order. The caller holds the fold's lock. Returns the rows consumed.
with gone as (
    delete from synchealth.device_increment
    where ctid = any (array(select ctid from synchealth.device_increment limit @Limit))
    returning *
),
latest as (
    select distinct on (device_key) g.*, c.app_id
    from gone g join synchealth.core_segment c using (core_id)
    order by device_key, event_at desc, seq desc nulls last, event_hash desc
),
bounds as (
    select device_key, min(first_event_at) as first_seen_at, max(received_at) as last_received_at, max(last_success_at) as last_success_at
    from gone
    group by device_key
),
states as (
    insert into synchealth.device_state as d (
        device_key, app_id, first_seen_at, last_seen_at, last_received_at, last_success_at, oldest_pending_at,
        last_seq, last_hash, user_key, clock_offset_ms, segment_id, profile_id, queue_depth)
    select device_key, l.app_id, b.first_seen_at, l.event_at, b.last_received_at, b.last_success_at, l.oldest_pending_at,
           coalesce(l.seq, -1), l.event_hash, l.user_key, l.clock_offset_ms, l.segment_id, l.profile_id, l.queue_depth
    from latest l join bounds b using (device_key)
    order by device_key
    on conflict (device_key) do update set
        first_seen_at = least(d.first_seen_at, excluded.first_seen_at),
        last_received_at = greatest(d.last_received_at, excluded.last_received_at),
        last_success_at = greatest(d.last_success_at, excluded.last_success_at),
        oldest_pending_at = case when (excluded.last_seen_at, excluded.last_seq, excluded.last_hash) > (d.last_seen_at, d.last_seq, d.last_hash) then excluded.oldest_pending_at else d.oldest_pending_at end,
        user_key = case when (excluded.last_seen_at, excluded.last_seq, excluded.last_hash) > (d.last_seen_at, d.last_seq, d.last_hash) then excluded.user_key else d.user_key end,
        clock_offset_ms = case when (excluded.last_seen_at, excluded.last_seq, excluded.last_hash) > (d.last_seen_at, d.last_seq, d.last_hash) then excluded.clock_offset_ms else d.clock_offset_ms end,
        segment_id = case when (excluded.last_seen_at, excluded.last_seq, excluded.last_hash) > (d.last_seen_at, d.last_seq, d.last_hash) then excluded.segment_id else d.segment_id end,
        profile_id = case when (excluded.last_seen_at, excluded.last_seq, excluded.last_hash) > (d.last_seen_at, d.last_seq, d.last_hash) then excluded.profile_id else d.profile_id end,
        queue_depth = case when (excluded.last_seen_at, excluded.last_seq, excluded.last_hash) > (d.last_seen_at, d.last_seq, d.last_hash) then excluded.queue_depth else d.queue_depth end,
        last_seen_at = case when (excluded.last_seen_at, excluded.last_seq, excluded.last_hash) > (d.last_seen_at, d.last_seq, d.last_hash) then excluded.last_seen_at else d.last_seen_at end,
        last_seq = case when (excluded.last_seen_at, excluded.last_seq, excluded.last_hash) > (d.last_seen_at, d.last_seq, d.last_hash) then excluded.last_seq else d.last_seq end,
        last_hash = case when (excluded.last_seen_at, excluded.last_seq, excluded.last_hash) > (d.last_seen_at, d.last_seq, d.last_hash) then excluded.last_hash else d.last_hash end
),
hours as (
    insert into synchealth.device_hour (device_key, core_id, hour_at)
    select distinct device_key, core_id, date_trunc('hour', event_at, 'UTC')
    from gone
    where is_attempt
    order by 1, 2, 3
    on conflict (device_key, core_id, hour_at) do nothing
)
select count(*) from gone;
