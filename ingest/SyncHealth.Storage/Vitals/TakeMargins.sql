-- Where the fleet of every app stands at @at by environment and one dimension beyond core: its os_version, device_model and promoted tag, and the
-- @maxTags other tags that most active devices carry. Values beyond the @maxValues (of other tags @maxTagValues) with the most devices share __other__.
-- Index: device_state_app.
insert into synchealth.fleet_margin (
    taken_at, app_id, dimension, environment, value, devices, gone, queue_sum, oldest_pending_at, depths, pending_ages, success_ages)
select @at, a.app_id, m.dimension, m.environment, m.value, m.devices, m.gone, m.queue_sum, m.oldest_pending_at, m.depths, m.pending_ages, m.success_ages
from synchealth.app a
cross join lateral synchealth.fleet_margins(a.app_id, a.promoted_tag, @at, @maxValues, @maxTags, @maxTagValues) m
order by a.app_id, m.dimension, m.environment, m.value
on conflict do nothing;
