-- Devices of @app that reported since @since (shared clock, by event time) by segment of @dimensions, among those that pass @filters, and those of them whose
-- last reported queue is deeper than @depth_over, whose last success is before @stale_before, or who were not heard from since @silent_before.
-- Index: device_state_app.
select group_key, devices, deep, stale, silent
from synchealth.rule_devices(@app::text, @since::timestamptz, @dimensions::text[], @filters::text[], @depth_over::integer, @stale_before::timestamptz, @silent_before::timestamptz);
