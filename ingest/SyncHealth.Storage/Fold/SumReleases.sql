-- Makes the counts of releases those of all their devices' days, of apps that keep days for good, by adding what is missing to their rows: what is packed
-- need not be taken apart. In one snapshot with the days: the caller holds the fold's lock.
insert into synchealth.device_release as r (
    core_id, device_key, first_seen_at, last_seen_at, attempts, successes, partials, cancelled, first_try, offline_failures, server_failures, app_failures, over_60s, conflicted, conflicts)
select h.core_id, h.device_key, h.first_seen_at, h.last_seen_at,
    d.attempts - h.attempts, d.successes - h.successes, d.partials - h.partials, d.cancelled - h.cancelled, d.first_try - h.first_try,
    d.offline_failures - h.offline_failures, d.server_failures - h.server_failures, d.app_failures - h.app_failures, d.over_60s - h.over_60s,
    d.conflicted - h.conflicted, d.conflicts - h.conflicts
from (
    select x.core_id, x.device_key, min(x.first_seen_at) as first_seen_at, max(x.last_seen_at) as last_seen_at,
        sum(x.attempts) as attempts, sum(x.successes) as successes, sum(x.partials) as partials, sum(x.cancelled) as cancelled,
        sum(x.first_try) as first_try, sum(x.offline_failures) as offline_failures, sum(x.server_failures) as server_failures,
        sum(x.app_failures) as app_failures, sum(x.over_60s) as over_60s, sum(x.conflicted) as conflicted, sum(x.conflicts) as conflicts
    from synchealth.device_release_folded x
    group by x.core_id, x.device_key) h
join (
    select x.core_id, x.device_key,
        sum(x.attempts) as attempts, sum(x.successes) as successes, sum(x.partials) as partials, sum(x.cancelled) as cancelled,
        sum(x.first_try) as first_try, sum(x.offline_failures) as offline_failures, sum(x.server_failures) as server_failures,
        sum(x.app_failures) as app_failures, sum(x.over_60s) as over_60s, sum(x.conflicted) as conflicted, sum(x.conflicts) as conflicts
    from synchealth.device_day_folded x
    group by x.core_id, x.device_key) d using (core_id, device_key)
join synchealth.core_segment c using (core_id)
join synchealth.app a using (app_id)
where not exists (select from synchealth.app_setting s where s.app_name = a.name and s.day_days is not null)
  and row (h.attempts, h.successes, h.partials, h.cancelled, h.first_try, h.offline_failures, h.server_failures, h.app_failures, h.over_60s, h.conflicted, h.conflicts)
      is distinct from row (d.attempts, d.successes, d.partials, d.cancelled, d.first_try, d.offline_failures, d.server_failures, d.app_failures, d.over_60s, d.conflicted, d.conflicts)
order by h.core_id, h.device_key
on conflict (core_id, device_key) do update set
    attempts = r.attempts + excluded.attempts, successes = r.successes + excluded.successes, partials = r.partials + excluded.partials,
    cancelled = r.cancelled + excluded.cancelled, first_try = r.first_try + excluded.first_try,
    offline_failures = r.offline_failures + excluded.offline_failures, server_failures = r.server_failures + excluded.server_failures,
    app_failures = r.app_failures + excluded.app_failures, over_60s = r.over_60s + excluded.over_60s, conflicted = r.conflicted + excluded.conflicted,
    conflicts = r.conflicts + excluded.conflicts;
