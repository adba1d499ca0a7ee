-- Every app with the values its core dimensions and its promoted tag took. Reads dictionaries only.
select distinct a.name, d.dimension, d.value
from synchealth.core_segment c
join synchealth.app a using (app_id)
cross join lateral (values ('app_version', c.app_version), ('os', c.os), ('network', c.network), ('environment', c.environment)) d(dimension, value)
union
select a.name, 'tag:' || p.tag, p.value
from synchealth.promoted_value p
join synchealth.app a on a.app_id = p.app_id and a.promoted_tag = p.tag;
