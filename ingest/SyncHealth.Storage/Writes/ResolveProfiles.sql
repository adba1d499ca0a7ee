-- Ids of device profiles; unknown ones are added first. Parallel arrays, tags as JSON text; @Positions comes back.
-- Index: device_profile_is_unique.
insert into synchealth.device_profile (device_model, tags)
select distinct on (w.digest) w.device_model, w.tags
from (
    select w.device_model, w.tags::jsonb as tags, md5(w.device_model || ' ' || w.tags::jsonb::text)::uuid as digest
    from unnest(@DeviceModels::text[], @Tags::text[]) w (device_model, tags)
) w
where not exists (select 1 from synchealth.device_profile p where p.digest = w.digest)
order by w.digest
on conflict (digest) do nothing;
select w.position, p.profile_id
from unnest(@Positions::integer[], @DeviceModels::text[], @Tags::text[]) w (position, device_model, tags)
join synchealth.device_profile p on p.digest = md5(w.device_model || ' ' || w.tags::jsonb::text)::uuid;
