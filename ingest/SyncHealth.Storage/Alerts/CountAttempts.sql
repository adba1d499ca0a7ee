-- Attempts of @app in [@from, @to) by segment of @dimensions, among those that pass @filters. @clock: arrival (those less than 15 minutes late),
-- late (the others) or event (the events' own time); all times on the shared clock, @from and @to whole minutes.
-- Rollup and unfolded increments are read in one snapshot, so the counts are exact at every moment.
-- Index: rollup_arrival_pkey, rollup_minute_pkey; event_received (BRIN) for the devices.
select group_key, attempts, successes, first_try, over_60s, conflicts, conflicted, devices, durations
from synchealth.rule_counts(@app::text, @from::timestamptz, @to::timestamptz, @clock::text, @dimensions::text[], @filters::text[], @ignored::text[], @now::timestamptz);
