-- Raw: duration percentiles by network and hour of 24 h. @from, @to: range.
select s.network, date_trunc('hour', e.event_at), percentile_disc(array[0.5, 0.9, 0.99]) within group (order by e.duration_ms)
from synchealth.event e
join synchealth.segment f using (segment_id)
join synchealth.core_segment s using (core_id)
where e.event_at >= @from and e.event_at < @to and e.outcome <> 0
group by 1, 2;
