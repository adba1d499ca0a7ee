-- Makes the increments of the raw events of [@From, @To) once more, one per attempt, for one clock: 'event' (by event time) or 'arrival' (by
-- receipt, in @LagClasses), for apps that keep all of them at @Now. The definitions are those of Writes/CoreIncrement.cs; dictionaries first, so that a value that was promoted later has its id.
-- Indexes: event_stray, BRIN(received_at), conflict_class_is_unique, promoted_value_is_unique.
insert into synchealth.promoted_value (app_id, tag, value)
select distinct a.app_id, a.promoted_tag, coalesce(p.tags ->> a.promoted_tag, '')
from synchealth.app a join synchealth.app_profile using (app_id) join synchealth.device_profile p using (profile_id)
where a.promoted_tag is not null
order by 1, 2, 3
on conflict do nothing;

insert into synchealth.conflict_class (app_id, entity, kind, strategy, winner)
select distinct c.app_id, synchealth.known_or_other(c.app_id, 'conflict_entity', k.entity), k.kind, k.strategy, k.winner
from synchealth.events_on(@Clock, @From, @To) e
join synchealth.segment using (segment_id)
join synchealth.core_segment c using (core_id)
cross join lateral synchealth.conflict_lines(e.conflict_count, e.conflicts) k
where e.outcome > 0 and (e.conflict_count > 0 or e.conflicts is not null)
order by 1, 2, 3, 4, 5
on conflict do nothing;

insert into synchealth.core_increment (
    bucket_at, arrival_at, core_id, segment_id, promoted_id, lag_class, attempts, successes, partials, cancelled, first_try,
    offline_failures, server_failures, app_failures, over_60s, conflicted, conflicts_lww, conflicts_crdt, conflicts_merge, conflicts_ot,
    conflicts_manual, conflicts_unresolved, conflicts_unknown, discarded, retries, pushed, pulled, applied, rejected, bytes_up, bytes_down,
    duration_ms_sum, success_sketch, other_sketch, error_ids, error_counts, conflict_ids, conflict_counts, conflict_discarded)
select case when @Clock = 'event' then synchealth.floor_to('1 minute', e.event_at) end,
    case when @Clock = 'arrival' then synchealth.floor_to('1 minute', e.received_at) end,
    s.core_id, s.segment_id, coalesce(v.promoted_id, 0), l.class, 1, b.success, (e.outcome = 2)::integer, (e.outcome = 4)::integer, (e.retries = 0)::integer * b.success,
    b.offline, b.server, 1 - b.success - b.offline - b.server, (e.duration_ms > 60000)::integer, (e.conflict_count > 0)::integer,
    c.lww, c.crdt, c.merge, c.ot, c.manual, c.unresolved, c.unknown, c.discarded, e.retries, e.pushed, e.pulled, e.applied, e.rejected,
    least(e.bytes_up, 1::bigint << 40), least(e.bytes_down, 1::bigint << 40), e.duration_ms,
    case b.success when 1 then synchealth.duration_unit(e.duration_ms) end,
    case b.success when 0 then synchealth.duration_unit(e.duration_ms) end,
    case b.success when 0 then array[coalesce(e.error_id, 0)] end, case b.success when 0 then array[1] end, c.ids, c.counts, c.discards
from synchealth.events_on(@Clock, @From, @To) e
join synchealth.segment s using (segment_id)
join synchealth.core_segment using (core_id)
join synchealth.app a using (app_id)
join synchealth.device_profile p using (profile_id)
left join synchealth.promoted_value v on (v.app_id, v.tag, v.value) = (a.app_id, a.promoted_tag, coalesce(p.tags ->> a.promoted_tag, ''))
left join synchealth.error x using (error_id)
cross join lateral (select synchealth.lag_class(e.received_at - e.event_at) as class) l
cross join lateral (select synchealth.blame(e.outcome, x.kind) as whose) w
cross join lateral (
    select (w.whose = 'nobody')::integer as success, (w.whose = 'offline')::integer as offline, (w.whose = 'server')::integer as server) b
left join lateral (
    select sum(k.conflicts) filter (where k.strategy = 'lww') as lww, sum(k.conflicts) filter (where k.strategy = 'crdt') as crdt,
        sum(k.conflicts) filter (where k.strategy = 'merge') as merge, sum(k.conflicts) filter (where k.strategy = 'ot') as ot,
        sum(k.conflicts) filter (where k.strategy = 'manual') as manual, sum(k.conflicts) filter (where k.strategy = 'unresolved') as unresolved,
        sum(k.conflicts) filter (where k.strategy = 'unknown') as unknown, sum(k.discarded) as discarded,
        array_agg(y.conflict_id) as ids, array_agg(k.conflicts) as counts, array_agg(k.discarded) as discards
    from synchealth.conflict_lines(e.conflict_count, e.conflicts) k
    join synchealth.conflict_class y on (y.app_id, y.entity, y.kind, y.strategy, y.winner)
        = (a.app_id, synchealth.known_or_other(a.app_id, 'conflict_entity', k.entity), k.kind, k.strategy, k.winner)) c
    on e.conflict_count > 0 or e.conflicts is not null
where e.outcome > 0
  and case @Clock
      when 'event' then s.core_id in (select synchealth.raw_cores(@From, @Now))
      else l.class = any (@LagClasses::smallint[]) and s.core_id in (select synchealth.raw_arrival_cores())
  end;
