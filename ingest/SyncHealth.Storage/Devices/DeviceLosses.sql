-- Reports of the device @key of @app that never became events: dropped on the device (less what arrived after all), or refused for their time (kept 30
-- days before @now). Indexes: reported_drop_pkey, event_identity; BRIN(received_at) for the quarantine.
select 'dropped' as "Kind", d.reason as "Reason", sum(synchealth.lost_of(d))::bigint as "Count", max(d.received_at) as "LastAt"
from synchealth.reported_drop d join synchealth.app a using (app_id)
where d.device_key = @key and a.name = @app
group by d.reason
having sum(synchealth.lost_of(d)) > 0
union all
select 'quarantined', q.code, count(*), max(q.received_at)
from synchealth.quarantined_event q
where q.device_key = @key and q.app_name = @app and q.received_at > @now::timestamptz - interval '30 days'
group by q.code
order by 1, 3 desc, 2;
