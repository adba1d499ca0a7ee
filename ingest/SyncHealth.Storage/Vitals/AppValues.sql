-- Every app with the values its core dimensions took. Reads the dictionary of core segments only.
select distinct a.name, d.dimension, d.value
from synchealth.core_segment c
join synchealth.app a using (app_id)
cross join lateral (values ('app_version', c.app_version), ('os', c.os), ('network', c.network), ('environment', c.environment)) d(dimension, value);
