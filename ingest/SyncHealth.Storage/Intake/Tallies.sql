-- What became of events of @app received in [@from, @to) by reason, and apart what was rejected of no known app. @from: start of a bucket.
-- Index: intake_tally_pkey.
select t.app_id <> 0 as "IsKnown", t.reason as "Reason", sum(t.events)::bigint as "Events"
from synchealth.intake_tally t
where t.app_id in (0, (select a.app_id from synchealth.app a where a.name = @app)) and t.bucket_at >= @from and t.bucket_at < @to
group by 1, 2
order by 1 desc, 3 desc, 2;
