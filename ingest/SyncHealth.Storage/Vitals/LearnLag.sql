-- How late the events of the 7 days before @now were, per app: replaces what was learned before. Index: rollup_arrival_bucket.
insert into synchealth.lag_learned (app_id, lag_class, attempts)
select c.app_id, k.lag_class, coalesce(sum(r.attempts), 0)
from (select app_id, core_id from synchealth.core_segment) c
cross join generate_series(0, 6) k(lag_class)
left join synchealth.arrival_row r on r.core_id = c.core_id and r.lag_class = k.lag_class and r.arrival_at > @now::timestamptz - interval '7 days'
group by c.app_id, k.lag_class
order by c.app_id, k.lag_class
on conflict (app_id, lag_class) do update set attempts = excluded.attempts;
