-- Makes the counts of releases those of all their devices' days, of apps that keep days for good. In one snapshot with the days: the caller holds the fold's lock.
update synchealth.device_release r set
    attempts = d.attempts, successes = d.successes, partials = d.partials, cancelled = d.cancelled, first_try = d.first_try,
    offline_failures = d.offline_failures, server_failures = d.server_failures, app_failures = d.app_failures,
    over_60s = d.over_60s, conflicted = d.conflicted, conflicts = d.conflicts
from (
    select x.core_id, x.device_key, sum(x.attempts) as attempts, sum(x.successes) as successes, sum(x.partials) as partials, sum(x.cancelled) as cancelled,
        sum(x.first_try) as first_try, sum(x.offline_failures) as offline_failures, sum(x.server_failures) as server_failures,
        sum(x.app_failures) as app_failures, sum(x.over_60s) as over_60s, sum(x.conflicted) as conflicted, sum(x.conflicts) as conflicts
    from synchealth.device_day_folded x
    group by x.core_id, x.device_key) d
join synchealth.core_segment c using (core_id)
join synchealth.app a using (app_id)
where (r.core_id, r.device_key) = (d.core_id, d.device_key)
  and not exists (select from synchealth.app_setting s where s.app_name = a.name and s.day_days is not null)
  and row (r.attempts, r.successes, r.partials, r.cancelled, r.first_try, r.offline_failures, r.server_failures, r.app_failures, r.over_60s, r.conflicted, r.conflicts)
      is distinct from row (d.attempts, d.successes, d.partials, d.cancelled, d.first_try, d.offline_failures, d.server_failures, d.app_failures, d.over_60s, d.conflicted, d.conflicts);
