-- What the device @key of @app reported in [@from, @to) of corrected time, newest first, at most @limit. Index: event_identity, in each partition,
-- because partitions go by the device's own time.
select e.event_at as "At", e.device_at as "DeviceAt", e.received_at as "ReceivedAt", g.type as "Type", o.name as "Outcome", g.trigger as "Trigger",
    c.network as "Network", c.app_version as "AppVersion", c.os as "Os", g.os_version as "OsVersion", e.duration_ms as "DurationMs", e.retries as "Retries",
    e.queued_items as "QueuedItems", e.oldest_pending_ms as "OldestPendingMs", e.pushed as "Pushed", e.pulled as "Pulled", e.rejected as "Rejected",
    e.conflict_count as "ConflictCount", e.conflicts::text as "ConflictsJson", e.details::text as "DetailsJson",
    coalesce(x.kind, '') as "ErrorKind", coalesce(x.code, '') as "ErrorCode", e.seq as "Seq"
from synchealth.event e
join synchealth.segment g using (segment_id)
join synchealth.core_segment c using (core_id)
join synchealth.app a using (app_id)
join synchealth.outcome o using (outcome)
left join synchealth.error x using (error_id)
where e.device_key = @key and e.event_at >= @from and e.event_at < @to and a.name = @app
order by e.event_at desc, e.seq desc nulls last, e.event_hash desc
limit @limit;
