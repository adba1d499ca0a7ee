-- What the kept events of the device @key of @app say about its work: items that resets discarded, that the server refused, that conflicts settled
-- against it (whoever won but this device; what the device did not say counts against it), and how many of its last syncs in a row succeeded
-- without moving anything up while items waited. @now: the present; a clock may be ahead by less than ingest corrects.
-- Index: event_identity, in each partition, because partitions go by the device's own time.
with told as (
    select e.event_at, e.outcome, e.queued_items, e.pushed, g.type, e.rejected, e.seq, e.event_hash,
        -- Few events met a conflict, and a busy device has ten thousand.
        case when e.conflicts is null then 0
            else (select coalesce(sum((x ->> 'discarded')::bigint), 0) from jsonb_array_elements(e.conflicts) x where x ->> 'winner' <> 'local') end as overwritten
    from synchealth.event e
    join synchealth.segment g using (segment_id)
    join synchealth.core_segment c using (core_id)
    join synchealth.app a using (app_id)
    where e.device_key = @key::bigint and e.event_at < @now::timestamptz + interval '1 hour' and a.name = @app
),
run as (
    select count(*) filter (where not (t.outcome in (1, 2) and t.queued_items > 0 and t.pushed = 0))
        over (order by t.event_at desc, t.seq desc nulls last, t.event_hash desc) as ended
    from told t
    where t.outcome > 0
)
select coalesce(sum(t.rejected) filter (where t.type = 'reset'), 0)::bigint as "Discarded",
    max(t.event_at) filter (where t.type = 'reset' and t.rejected > 0) as "DiscardedAt",
    coalesce(sum(t.rejected) filter (where t.outcome > 0), 0)::bigint as "Rejected",
    max(t.event_at) filter (where t.outcome > 0 and t.rejected > 0) as "RejectedAt",
    coalesce(sum(t.overwritten), 0)::bigint as "Overwritten",
    max(t.event_at) filter (where t.overwritten > 0) as "OverwrittenAt",
    (select count(*) from run where ended = 0)::integer as "IdleSuccesses"
from told t;
