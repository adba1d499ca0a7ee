-- The releases of an app since the day of @release: its devices active since then. That day is when the @enough-th device came to it (the first, where
-- there are fewer), for a tester's phone weeks ahead is no rollout; never before @earliest. Null where @release was never seen.
-- Index: device_release_pkey.
with span as materialized (
    select * from synchealth.release_spans(@app, @kind, @filters, @earliest, @until, @lastKey)),
asked as (
    select greatest(@earliest, synchealth.floor_to('1 day', coalesce(
        (select s.first_at from span s where s.name = @release order by s.first_at offset @enough - 1 limit 1),
        (select min(s.first_at) from span s where s.name = @release)))) as since
    where exists (select from span s where s.name = @release))
select s.name as "Name", a.since as "Since", min(s.first_at) as "FirstAt", count(*) filter (where s.last_at >= a.since) as "Devices"
from span s left join asked a on true
group by s.name, a.since;
