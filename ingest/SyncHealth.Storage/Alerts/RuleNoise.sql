-- How the alerts of each rule went in [@from, @to) of the shared clock: incidents that began, all that are open, those over within five minutes, those
-- somebody was on, those that began within half an hour of the end of the one before, and the length that nine tenths of the brief ones did not pass.
-- @app: name. Index: alert_transition_pkey, alert_transition_at.
with change as (
    select t.alert_id, a.rule, t.seq, t.at, t.to_status = 'resolved' as closes
    from synchealth.alert_transition t
    join synchealth.alert a using (alert_id)
    where a.app_name = @app and a.class in ('threshold', 'no_data', 'late')
      and ((t.to_status = 'firing' and t.from_status <> 'recovering') or t.to_status = 'resolved')
      and t.at < @to
),
incident as (
    select alert_id, rule, at as began, closes,
        lead(at) over one as ended, lag(at) over one as ended_before,
        count(*) filter (where not closes) over (partition by alert_id order by seq) as episode
    from change
    window one as (partition by alert_id order by seq)
),
counted as (
    select i.*, k.acknowledged_at is not null and k.acknowledged_at < @to as acknowledged, extract(epoch from i.ended - i.began) as seconds
    from incident i
    left join synchealth.alert_acknowledgement k using (alert_id, episode)
    where not i.closes and (i.began >= @from or i.ended is null)
)
select rule, count(*) filter (where began >= @from), count(*) filter (where ended is null), count(*) filter (where began >= @from and seconds <= 300),
    count(*) filter (where began >= @from and acknowledged), count(*) filter (where began >= @from and began - ended_before <= interval '30 minutes'),
    (percentile_disc(0.9) within group (order by seconds) filter (where began >= @from and seconds <= 300))::double precision
from counted
group by rule
order by rule;
