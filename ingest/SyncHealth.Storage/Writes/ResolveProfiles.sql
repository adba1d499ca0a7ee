-- Ids of device profiles; unknown ones are added first. Parallel arrays, tags as JSON text; @Positions comes back.
-- Index: device_profile_is_unique.
insert into synchealth.device_profile (device_model, tags)
select distinct w.device_model, w.tags::jsonb
from unnest(@DeviceModels, @Tags) w (device_model, tags)
where not exists (select 1 from synchealth.device_profile p where p.device_model = w.device_model and p.tags = w.tags::jsonb)
order by w.device_model, w.tags::jsonb
on conflict (device_model, tags) do nothing;
select w.position, p.profile_id
from unnest(@Positions, @DeviceModels, @Tags) w (position, device_model, tags)
join synchealth.device_profile p on p.device_model = w.device_model and p.tags = w.tags::jsonb;
