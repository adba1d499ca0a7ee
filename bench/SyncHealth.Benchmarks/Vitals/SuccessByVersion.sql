-- Raw: success rate by version and hour of 24 h. @from, @to: range.
select s.app_version, date_trunc('hour', e.event_at), 100.0 * count(*) filter (where e.outcome in (1, 2)) / count(*)
from synchealth.event e
join synchealth.segment f using (segment_id)
join synchealth.core_segment s using (core_id)
where e.event_at >= @from and e.event_at < @to and e.outcome <> 0
group by 1, 2;
