-- Syncs that succeed in name only, and devices whose word is not to be trusted: one definition for pages, API and alert rules. Read from raw events, so
-- that it can be asked of any moment of the past as it was known then.

-- What the reports of one device in [lo, as_of], as far as they had arrived by as_of, are signs of. One row per device with a report; it stands in the segment
-- of the latest by (time, seq, id). A push is a sync that can move something up: any but a pull. A clock may be ahead by less than ingest corrects.
--   is_stuck: its last three pushes succeeded and moved nothing up, though something waited.
--   is_reuploading: its last three pushes that moved something moved the same number of items, ten at least, and the queue became no shorter. A device that
--     works off a backlog in equal portions has a queue that shrinks. resent_items: items of such pushes but the first.
--   poison: of the last three pushes each names the same failure of an entity, which is not parked, and something still waits. '' for none.
--   lost_items: unsynced items that client resets discarded.
--   clock_offset_ms: event_at - device_at of the latest report.
--   issued, received: sequence numbers from the lowest to the highest, and those that an event carries; 0 for a device that numbers nothing or a clock.
create function synchealth.device_signs(app_name text, lo timestamptz, as_of timestamptz)
returns table (device_key bigint, segment_id integer, profile_id integer, last_at timestamptz, queued_items integer, is_stuck boolean, is_reuploading boolean,
    pushed_items bigint, resent_items bigint, poison_entity text, poison_kind text, poison_code text, lost_items bigint, clock_offset_ms bigint, issued bigint, received bigint)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '64MB' as $$
begin
    return query
    with seg as materialized (select g.segment_id, g.group_key[1] as type from synchealth.segment_groups(app_name, '{type}', '{}') g),
    told as materialized (
        select e.device_key, e.segment_id, e.profile_id, e.event_at, e.event_at - e.device_at as clock_offset, e.seq, e.queued_items, e.pushed, e.rejected,
            e.outcome in (1, 2) as is_success, e.outcome > 0 and s.type <> 'pull' as is_push, s.type = 'reset' as is_reset, e.details -> 'failures' as failures,
            row_number() over w as back,
            count(*) filter (where e.outcome > 0 and s.type <> 'pull') over w as push_no,
            count(*) filter (where e.outcome in (1, 2) and e.pushed >= 10) over w as bulk_no
        from synchealth.events_on('event', lo, as_of + interval '1 hour') e
        join seg s using (segment_id)
        where e.has_device and e.received_at <= as_of
        window w as (partition by e.device_key order by e.event_at desc, e.seq desc nulls last, e.event_hash desc)),
    device as (
        select t.device_key, max(t.event_at) as last_at,
            max(t.segment_id) filter (where t.back = 1) as segment_id, max(t.profile_id) filter (where t.back = 1) as profile_id,
            max(t.queued_items) filter (where t.back = 1) as queued_items,
            extract(epoch from max(t.clock_offset) filter (where t.back = 1)) * 1000 as clock_offset_ms,
            count(*) filter (where t.is_push and t.push_no <= 3 and t.is_success and t.queued_items > 0 and t.pushed = 0) = 3 as is_stuck,
            count(*) filter (where t.is_success and t.pushed >= 10 and t.bulk_no <= 3) = 3
                and max(t.pushed) filter (where t.is_success and t.pushed >= 10 and t.bulk_no <= 3) = min(t.pushed) filter (where t.is_success and t.pushed >= 10 and t.bulk_no <= 3)
                and max(t.queued_items) filter (where t.is_success and t.pushed >= 10 and t.bulk_no = 1)
                    >= max(t.queued_items) filter (where t.is_success and t.pushed >= 10 and t.bulk_no = 3) as is_reuploading,
            max(t.pushed) filter (where t.is_success and t.pushed >= 10 and t.bulk_no = 1) as portion,
            coalesce(sum(t.pushed), 0)::bigint as pushed_items,
            coalesce(sum(t.rejected) filter (where t.is_reset), 0)::bigint as lost_items,
            max(t.seq) - min(t.seq) + 1 as issued, count(distinct t.seq) as received
        from told t
        group by t.device_key),
    resent as (
        select d.device_key, d.portion::bigint * (count(*) - 1) as items
        from device d join told t using (device_key)
        where d.is_reuploading and t.is_success and t.pushed = d.portion
        group by d.device_key, d.portion),
    poison as (
        select distinct on (x.device_key) x.device_key, x.entity, x.kind, x.code
        from (select t.device_key, f.entity, coalesce(f.kind, '') as kind, coalesce(f.code, '') as code
              from told t
              cross join lateral jsonb_to_recordset(t.failures) f(entity text, kind text, code text, parked boolean)
              where t.is_push and t.push_no <= 3 and t.failures is not null and jsonb_typeof(t.failures) = 'array' and not coalesce(f.parked, false)
              group by t.device_key, f.entity, coalesce(f.kind, ''), coalesce(f.code, '')
              having count(distinct t.push_no) = 3) x
        order by x.device_key, x.entity, x.kind, x.code)
    select d.device_key, d.segment_id, d.profile_id, d.last_at, d.queued_items, d.is_stuck, coalesce(d.is_reuploading, false), d.pushed_items, coalesce(r.items, 0)::bigint,
        case when d.queued_items > 0 then coalesce(p.entity, '') else '' end, case when d.queued_items > 0 then coalesce(p.kind, '') else '' end,
        case when d.queued_items > 0 then coalesce(p.code, '') else '' end,
        d.lost_items, d.clock_offset_ms::bigint,
        case when d.issued < 10000000 then d.issued else 0 end::bigint, case when d.issued < 10000000 then d.received else 0 end::bigint
    from device d
    left join resent r using (device_key)
    left join poison p using (device_key);
end
$$;

-- Devices with a report in [lo, as_of] and those of them that a detector names, by segment. 55 minutes: from there on ingest corrects a clock.
create function synchealth.detections(app_name text, lo timestamptz, as_of timestamptz, dimensions text[] default '{}', filters text[] default '{}')
returns table (group_key text[], devices bigint, stuck bigint, stuck_items bigint, reuploading bigint, pushed_items bigint, resent_items bigint, poisoned bigint,
    reset bigint, lost_items bigint, clocks_off bigint, with_gaps bigint, issued bigint, received bigint)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off as $$
begin
    perform synchealth.refuse_unknown_dimensions(dimensions, filters);
    return query
    with seg as materialized (
        select g.segment_id, g.group_key, dense_rank() over (order by g.group_key)::integer as no from synchealth.segment_groups(app_name, dimensions, filters) g),
    prof as materialized (
        select g.profile_id, g.group_key, dense_rank() over (order by g.group_key)::integer as no from synchealth.profile_groups(dimensions, filters) g),
    counted as (
        select s.no as seg_no, p.no as prof_no, count(*) as devices,
            count(*) filter (where d.is_stuck) as stuck, coalesce(sum(d.queued_items) filter (where d.is_stuck), 0)::bigint as stuck_items,
            count(*) filter (where d.is_reuploading) as reuploading, sum(d.pushed_items)::bigint as pushed_items, sum(d.resent_items)::bigint as resent_items,
            count(*) filter (where d.poison_kind <> '' or d.poison_entity <> '') as poisoned,
            count(*) filter (where d.lost_items > 0) as reset, sum(d.lost_items)::bigint as lost_items,
            count(*) filter (where abs(d.clock_offset_ms) >= 3300000) as clocks_off,
            count(*) filter (where d.issued > d.received) as with_gaps, sum(d.issued)::bigint as issued, sum(d.received)::bigint as received
        from synchealth.device_signs(app_name, lo, as_of) d
        join seg s using (segment_id)
        join prof p using (profile_id)
        group by 1, 2)
    select synchealth.join_keys(s.group_key, p.group_key, p.group_key), c.devices, c.stuck, c.stuck_items, c.reuploading, c.pushed_items, c.resent_items, c.poisoned,
        c.reset, c.lost_items, c.clocks_off, c.with_gaps, c.issued, c.received
    from counted c
    join (select distinct x.no, x.group_key from seg x) s on s.no = c.seg_no
    join (select distinct x.no, x.group_key from prof x) p on p.no = c.prof_no;
end
$$;

-- How devices came back in [lo, as_of], as far as had arrived by as_of; a row for each return. A return is a sync that succeeds and has something to move up, after
-- one that failed, or begun because the network was back (trigger 'reconnect'). backlog: what it moved and what still waited after it. returned_at: when it
-- began; drained_at: the end of the first sync from it on after which nothing waited, null while there is none. A device that falls out again returns again.
create function synchealth.drains(app_name text, lo timestamptz, as_of timestamptz)
returns table (device_key bigint, segment_id integer, profile_id integer, returned_at timestamptz, backlog bigint, waiting integer, drained_at timestamptz)
language plpgsql stable set plan_cache_mode = force_custom_plan set jit = off set work_mem = '64MB' as $$
begin
    return query
    with seg as materialized (select g.segment_id, g.group_key[1] as trigger from synchealth.segment_groups(app_name, '{trigger}', '{}') g),
    told as materialized (
        select e.device_key, e.segment_id, e.profile_id, e.event_at, e.duration_ms, e.pushed, e.queued_items, e.outcome in (1, 2) as is_success, s.trigger = 'reconnect' as is_reconnect,
            lag(e.outcome) over w in (3, 4) as was_failing,
            min(e.event_at) filter (where e.queued_items = 0 and e.outcome in (1, 2)) over (w rows between current row and unbounded following) as drained_at,
            last_value(e.queued_items) over (w rows between current row and unbounded following) as waiting
        from synchealth.events_on('event', lo, as_of + interval '1 hour') e
        join seg s using (segment_id)
        where e.has_device and e.outcome > 0 and e.received_at <= as_of
        window w as (partition by e.device_key order by e.event_at, e.seq nulls first, e.event_hash))
    select t.device_key, t.segment_id, t.profile_id, t.event_at - t.duration_ms * interval '1 millisecond', t.pushed::bigint + t.queued_items, t.waiting, t.drained_at
    from told t
    where t.is_success and (coalesce(t.was_failing, false) or t.is_reconnect) and t.pushed + t.queued_items > 0;
end
$$;
