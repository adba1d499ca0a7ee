-- Tag values and device models of @app that a search may mean, at most @limit: the text is the whole value, in any letter case, of the tag @name
-- (null: of any), or part of a model. Scans the app's profiles, whose number is capped. Index: app_profile_pkey.
with held as (
    select distinct 'tag:' || t.key as dimension, t.value
    from synchealth.app a join synchealth.app_profile m using (app_id) join synchealth.device_profile p using (profile_id)
    cross join lateral jsonb_each_text(p.tags) t
    where a.name = @app and (@name::text is null or lower(t.key) = lower(@name)) and lower(t.value) = lower(@text)
    union
    select distinct 'device_model', p.device_model
    from synchealth.app a join synchealth.app_profile m using (app_id) join synchealth.device_profile p using (profile_id)
    where a.name = @app and @name::text is null and strpos(lower(p.device_model), lower(@text)) > 0
)
select dimension as "Dimension", value as "Value"
from held
order by dimension = 'device_model', dimension, value
limit @limit;
