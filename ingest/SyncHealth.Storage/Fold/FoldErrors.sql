-- Adds attempts that did not succeed to the hours and days of their error. Parallel arrays, in key order.
-- Upserts by primary key. The caller holds the fold's lock.
insert into synchealth.rollup_error_hour as r (core_id, bucket_at, error_id, attempts)
select * from unnest(@CoreIds::integer[], @Hours::timestamptz[], @ErrorIds::integer[], @Attempts::integer[])
on conflict (core_id, bucket_at, error_id) do update set attempts = r.attempts + excluded.attempts;

insert into synchealth.rollup_error_day as r (core_id, bucket_at, error_id, attempts)
select w.core_id, date_trunc('day', w.at, 'UTC'), w.error_id, sum(w.attempts)
from unnest(@CoreIds::integer[], @Hours::timestamptz[], @ErrorIds::integer[], @Attempts::integer[]) w (core_id, at, error_id, attempts)
group by 1, 2, 3
order by 1, 2, 3
on conflict (core_id, bucket_at, error_id) do update set attempts = r.attempts + excluded.attempts;
