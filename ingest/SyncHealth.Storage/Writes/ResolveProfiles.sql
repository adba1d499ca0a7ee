-- Ids of an app's device profiles and of their promoted values (0: no tag is promoted). Parallel arrays, tags as JSON text; their position from 0
-- comes back. @Max…: names and profiles that an app may use. Indexes: known_name_pkey, device_profile_is_unique, promoted_value_is_unique.
select place, profile_id, promoted_id
from synchealth.resolve_profiles(@Apps::text[], @DeviceModels::text[], @Tags::text[], @MaxDeviceModels, @MaxTagKeys, @MaxTagValues, @MaxProfiles);
