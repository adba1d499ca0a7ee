-- Events of @app that never counted, received in [@from, @to): refused for their time and kept aside, or dropped on the device by its own account,
-- less what arrived after all. Indexes: BRIN(received_at), event_identity; reported_drop is scanned, a row a batch that lost something.
select 'quarantined' as "Kind", q.code as "Reason", count(*) as "Count", max(q.received_at) as "LastAt"
from synchealth.quarantined_event q
where q.app_name = @app and q.received_at >= @from and q.received_at < @to
group by q.code
union all
select 'dropped', d.reason, sum(synchealth.lost_of(d))::bigint, max(d.received_at)
from synchealth.reported_drop d join synchealth.app a using (app_id)
where a.name = @app and d.received_at >= @from and d.received_at < @to
group by d.reason
having sum(synchealth.lost_of(d)) > 0
order by 3 desc, 1, 2;
