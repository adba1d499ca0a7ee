-- Raw: conflicts by strategy and hour of 24 h. @from, @to: range.
select date_trunc('hour', e.event_at), c.strategy, sum(c.count)
from synchealth.event e
cross join lateral jsonb_to_recordset(e.conflicts) c (strategy text, count bigint)
where e.event_at >= @from and e.event_at < @to
group by 1, 2;
