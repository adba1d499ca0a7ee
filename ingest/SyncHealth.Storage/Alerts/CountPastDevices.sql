-- The fleet of @app at the past moment @at from the last five-minute snapshot before it, by segment of @dimensions, among those that pass @filters:
-- devices of the active window, their queue depths and ages of the last success in seconds, as sketches. Index: fleet_snapshot_pkey.
select group_key, devices, depths, success_ages
from synchealth.fleet_at(@app::text, array[@at::timestamptz], @now::timestamptz, @dimensions::text[], @filters::text[]);
