-- Adds conflicts to the hours and days of their class. Parallel arrays, in key order.
-- Upserts by primary key. The caller holds the fold's lock.
insert into synchealth.rollup_conflict_hour as r (core_id, bucket_at, conflict_id, conflicts, discarded)
select * from unnest(@CoreIds::integer[], @Hours::timestamptz[], @ConflictIds::integer[], @Conflicts::bigint[], @Discarded::bigint[])
on conflict (core_id, bucket_at, conflict_id) do update set conflicts = r.conflicts + excluded.conflicts, discarded = r.discarded + excluded.discarded;

insert into synchealth.rollup_conflict_day as r (core_id, bucket_at, conflict_id, conflicts, discarded)
select w.core_id, date_trunc('day', w.at, 'UTC'), w.conflict_id, sum(w.conflicts), sum(w.discarded)
from unnest(@CoreIds::integer[], @Hours::timestamptz[], @ConflictIds::integer[], @Conflicts::bigint[], @Discarded::bigint[]) w (core_id, at, conflict_id, conflicts, discarded)
group by 1, 2, 3
order by 1, 2, 3
on conflict (core_id, bucket_at, conflict_id) do update set conflicts = r.conflicts + excluded.conflicts, discarded = r.discarded + excluded.discarded;
