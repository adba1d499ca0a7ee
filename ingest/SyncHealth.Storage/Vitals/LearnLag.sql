-- How late the events that arrived from @from on were, per app and hour of the week: replaces what was learned before.
-- What is remembered but no longer seen becomes 0. Indexes: rollup_lag_pkey, lag_learned_pkey.
insert into synchealth.lag_learned (app_id, week_hour, lag_class, attempts)
select x.app_id, x.week_hour, x.lag_class, sum(x.attempts)
from (
    select app_id, week_hour, lag_class, attempts from synchealth.rollup_lag where arrival_at >= @from
    union all
    select c.app_id, synchealth.week_hour(i.bucket_at), i.lag_class, i.attempts
    from synchealth.core_increment i join synchealth.core_segment c using (core_id)
    where i.arrival_at >= @from and i.bucket_at is not null
    union all
    select app_id, week_hour, lag_class, 0 from synchealth.lag_learned) x
group by x.app_id, x.week_hour, x.lag_class
order by x.app_id, x.week_hour, x.lag_class
on conflict (app_id, week_hour, lag_class) do update set attempts = excluded.attempts;
