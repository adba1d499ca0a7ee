-- Adds what a process counted. Parallel arrays: @apps by name, @ats bucket starts, @reasons, @events. An app that no event made known is 0.
-- Upserts by primary key, in key order: two processes that save at once do not wait for each other in turn.
insert into synchealth.intake_tally as t (app_id, bucket_at, reason, events)
select coalesce(a.app_id, 0), u.at, u.reason, sum(u.events)
from unnest(@apps::text[], @ats::timestamptz[], @reasons::text[], @events::bigint[]) u (app, at, reason, events)
left join synchealth.app a on a.name = u.app
group by 1, 2, 3
order by 1, 2, 3
on conflict (app_id, bucket_at, reason) do update set events = t.events + excluded.events;
