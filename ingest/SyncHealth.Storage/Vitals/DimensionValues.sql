-- The dimensions of @app with the values they took, @most of each. Reads dictionaries only, which are bounded per app.
-- Indexes: core_segment_is_unique, segment_is_unique, app_profile_pkey.
select ranked.dimension, ranked.value
from (
    select found.dimension, found.value, row_number() over (partition by found.dimension order by found.value) as place
    from (
        select d.dimension, d.value
        from synchealth.app a join synchealth.core_segment c using (app_id)
        cross join lateral (values ('app_version', c.app_version), ('os', c.os), ('network', c.network), ('environment', c.environment)) d(dimension, value)
        where a.name = @app
        union
        select d.dimension, d.value
        from synchealth.app a join synchealth.core_segment c using (app_id) join synchealth.segment s using (core_id)
        cross join lateral (values ('os_version', s.os_version), ('type', s.type), ('trigger', s.trigger)) d(dimension, value)
        where a.name = @app and s.type not in ('open', 'reset')
        union
        select d.dimension, d.value
        from synchealth.app a join synchealth.app_profile m using (app_id) join synchealth.device_profile p using (profile_id)
        cross join lateral (
            select 'device_model' as dimension, p.device_model as value
            union all
            select 'tag:' || t.key, t.value from jsonb_each_text(p.tags) t) d
        where a.name = @app) found) ranked
where ranked.place <= @most
order by ranked.dimension, ranked.value;
